import { newId } from '@buffrsign/kernel';
import type { WebhookDelivery } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { endpointDisabled, findEndpoint, type EndpointDisabled } from './find-endpoint.ts';
import { postMessage } from './post-message.ts';

export type TestWebhookEndpointOutcome = { readonly __typename: 'TestWebhookEndpointSuccess'; readonly webhookDelivery: WebhookDelivery } | EndpointDisabled;

export const testWebhookEndpoint = (ctx: Context, input: { readonly id: string }): Promise<TestWebhookEndpointOutcome> =>
  ctx.transaction(async (tx) => {
    const endpoint = await findEndpoint(tx, ctx.actor, input.id);
    if (endpoint.state === 'DISABLED') return endpointDisabled;
    const message = { eventType: 'PING', name: 'ping', timestamp: tx.now.toISOString(), data: { webhookEndpointId: endpoint.id } } as const;
    const id = await postMessage(tx, endpoint, newId('evt'), message);
    const webhookDelivery = await tx.db.webhookDelivery.findUniqueOrThrow({ where: { id } });
    return { __typename: 'TestWebhookEndpointSuccess', webhookDelivery };
  });
