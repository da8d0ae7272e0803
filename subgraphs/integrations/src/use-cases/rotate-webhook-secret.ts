import type { WebhookEndpoint } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { newSecret, OVERLAP_MS } from '../domain/secret.ts';
import { findEndpoint } from './find-endpoint.ts';

export interface RotateWebhookSecretOutcome {
  readonly __typename: 'RotateWebhookSecretSuccess';
  readonly webhookEndpoint: WebhookEndpoint;
  readonly secret: string;
}

export const rotateWebhookSecret = (ctx: Context, input: { readonly id: string }): Promise<RotateWebhookSecretOutcome> =>
  ctx.transaction(async (tx) => {
    const endpoint = await findEndpoint(tx, ctx.actor, input.id);
    const secret = newSecret();
    const webhookEndpoint = await tx.db.webhookEndpoint.update({
      where: { id: endpoint.id },
      data: { sealedSecret: ctx.services.seal(secret), sealedPrevious: endpoint.sealedSecret, previousSecretUntil: new Date(tx.now.getTime() + OVERLAP_MS), updatedAt: tx.now },
    });
    return { __typename: 'RotateWebhookSecretSuccess', webhookEndpoint, secret };
  });
