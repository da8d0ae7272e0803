import { newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { WebhookEndpoint } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { MAX_ENDPOINTS, newEndpointModel } from '../domain/endpoint.ts';
import { newSecret } from '../domain/secret.ts';

interface TooManyWebhookEndpoints {
  readonly __typename: 'TooManyWebhookEndpointsError';
  readonly message: string;
}

export type CreateWebhookEndpointOutcome = { readonly __typename: 'CreateWebhookEndpointSuccess'; readonly webhookEndpoint: WebhookEndpoint; readonly secret: string } | TooManyWebhookEndpoints | InvalidInput;

const tooMany: TooManyWebhookEndpoints = { __typename: 'TooManyWebhookEndpointsError', message: `An organization has at most ${MAX_ENDPOINTS} endpoints. Remove one first.` };

export const createWebhookEndpoint = async (ctx: Context, input: unknown): Promise<CreateWebhookEndpointOutcome> => {
  const { id: createdById, organizationId } = requireUser(ctx.actor);
  const read = readInput(newEndpointModel(ctx.services.urlRules), input);
  if ('refusal' in read) return read.refusal;
  const { url, description = null, eventTypes } = read.data;

  return ctx.transaction(async (tx) => {
    // Endpoints of one organization are added one after another, so that the count stays true.
    await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtext('webhook endpoint'), hashtext(${organizationId}))`;
    if ((await tx.db.webhookEndpoint.count({ where: { organizationId, deletedAt: null } })) >= MAX_ENDPOINTS) return tooMany;
    const secret = newSecret();
    const sealedSecret = ctx.services.seal(secret);
    const webhookEndpoint = await tx.db.webhookEndpoint.create({
      data: { id: newId('whe'), organizationId, url, description, eventTypes, state: 'ENABLED', sealedSecret, createdById, createdAt: tx.now, updatedAt: tx.now },
    });
    return { __typename: 'CreateWebhookEndpointSuccess', webhookEndpoint, secret };
  });
};
