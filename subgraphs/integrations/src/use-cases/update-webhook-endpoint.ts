import { readInput, type InvalidInput } from '@buffrsign/kernel';
import type { WebhookEndpoint } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { endpointChangesModel } from '../domain/endpoint.ts';
import { findEndpoint } from './find-endpoint.ts';

export type UpdateWebhookEndpointOutcome = { readonly __typename: 'UpdateWebhookEndpointSuccess'; readonly webhookEndpoint: WebhookEndpoint } | InvalidInput;

const switched = (endpoint: WebhookEndpoint, state: WebhookEndpoint['state'] | null | undefined, now: Date) => {
  if (!state || state === endpoint.state) return {};
  // Switched on again, an endpoint gets its full time to answer.
  if (state === 'ENABLED') return { state, disabledReason: null, disabledAt: null, failingSince: null };
  return { state, disabledReason: 'BY_MEMBER', disabledAt: now } as const;
};

export const updateWebhookEndpoint = async (ctx: Context, input: { readonly id: string }): Promise<UpdateWebhookEndpointOutcome> => {
  const read = readInput(endpointChangesModel(ctx.services.urlRules), input);
  if ('refusal' in read) return read.refusal;
  const { url, description, eventTypes, state } = read.data;

  return ctx.transaction(async (tx) => {
    const endpoint = await findEndpoint(tx, ctx.actor, input.id);
    const webhookEndpoint = await tx.db.webhookEndpoint.update({
      where: { id: endpoint.id },
      data: { ...(url && { url }), ...(description !== undefined && { description }), ...(eventTypes && { eventTypes }), ...switched(endpoint, state, tx.now), updatedAt: tx.now },
    });
    return { __typename: 'UpdateWebhookEndpointSuccess', webhookEndpoint };
  });
};
