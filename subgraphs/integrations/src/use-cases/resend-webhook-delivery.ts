import { found } from '@buffrsign/kernel';
import type { WebhookDelivery } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { visible } from '../policies.ts';
import { endpointDisabled, type EndpointDisabled } from './find-endpoint.ts';
import { enqueueAttempt } from './post-message.ts';

export type ResendWebhookDeliveryOutcome = { readonly __typename: 'ResendWebhookDeliverySuccess'; readonly webhookDelivery: WebhookDelivery } | EndpointDisabled;

export const resendWebhookDelivery = (ctx: Context, input: { readonly id: string }): Promise<ResendWebhookDeliveryOutcome> =>
  ctx.transaction(async (tx) => {
    const present = found(await tx.db.webhookDelivery.findFirst({ where: { id: input.id, ...visible(ctx.actor) }, include: { webhookEndpoint: true } }));
    if (present.webhookEndpoint.state === 'DISABLED' || present.webhookEndpoint.deletedAt) return endpointDisabled;
    const webhookDelivery = await tx.db.webhookDelivery.update({
      where: { id: present.id },
      data: { state: 'PENDING', round: { increment: 1 }, step: 0, nextAttemptAt: tx.now, deliveredAt: null, failedAt: null },
    });
    await enqueueAttempt(tx, webhookDelivery);
    return { __typename: 'ResendWebhookDeliverySuccess', webhookDelivery };
  });
