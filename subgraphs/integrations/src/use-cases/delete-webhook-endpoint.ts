import type { Context } from '../context.ts';
import { findEndpoint } from './find-endpoint.ts';

export interface DeleteWebhookEndpointOutcome {
  readonly __typename: 'DeleteWebhookEndpointSuccess';
  readonly deletedId: string;
}

/** Messages that still wait find the endpoint gone when their time comes, and fail then. */
export const deleteWebhookEndpoint = (ctx: Context, input: { readonly id: string }): Promise<DeleteWebhookEndpointOutcome> =>
  ctx.transaction(async (tx) => {
    const { id } = await findEndpoint(tx, ctx.actor, input.id);
    await tx.db.webhookEndpoint.update({ where: { id }, data: { deletedAt: tx.now } });
    return { __typename: 'DeleteWebhookEndpointSuccess', deletedId: id };
  });
