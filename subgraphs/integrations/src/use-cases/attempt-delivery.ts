import type { WebhookDelivery, WebhookEndpoint } from '../__generated__/prisma/client.ts';
import type { JobTools } from '../context.ts';
import { signedHeaders } from '../domain/secret.ts';
import { postWebhook } from '../http/post-webhook.ts';
import { recordAttempt } from './record-attempt.ts';

const waits = ({ state }: WebhookDelivery): boolean => state === 'PENDING' || state === 'RETRYING';

const secretsOf = (endpoint: WebhookEndpoint, { services, now }: JobTools): string[] => {
  const { sealedSecret, sealedPrevious, previousSecretUntil } = endpoint;
  const overlaps = sealedPrevious !== null && previousSecretUntil !== null && previousSecretUntil > now();
  return [sealedSecret, ...(overlaps ? [sealedPrevious] : [])].map((sealed) => services.open(sealed));
};

/**
 * Makes one attempt and records what came of it. Ended between the two, the attempt is made again with the same
 * message id: at least once, as Standard Webhooks asks of receivers to expect.
 */
export const attemptDelivery = async (tools: JobTools, id: string): Promise<void> => {
  const found = await tools.db.webhookDelivery.findUnique({ where: { id }, include: { webhookEndpoint: true } });
  if (!found || !waits(found)) return;
  const { webhookEndpoint: endpoint, ...delivery } = found;
  if (endpoint.state === 'DISABLED' || endpoint.deletedAt) {
    await tools.db.webhookDelivery.updateMany({ where: { id, state: delivery.state }, data: { state: 'FAILED', failedAt: tools.now(), nextAttemptAt: null } });
    return;
  }

  const startedAt = tools.now();
  const { urlRules: rules, resolveHost } = tools.services;
  const headers = signedHeaders({ id: delivery.messageId, body: delivery.body, at: startedAt }, secretsOf(endpoint, tools));
  const result = await postWebhook({ url: endpoint.url, headers, body: delivery.body }, { rules, resolveHost });
  const durationMs = tools.now().getTime() - startedAt.getTime();
  await tools.transaction((tx) => recordAttempt(tx, { delivery, endpoint, result, startedAt, durationMs }));
};
