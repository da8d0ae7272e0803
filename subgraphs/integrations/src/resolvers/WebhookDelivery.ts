import type { WebhookDeliveryResolvers } from './../__generated__/types.ts';

export const WebhookDelivery: WebhookDeliveryResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.webhookDelivery.load(reference.id),
  webhookEndpoint: (delivery, _args, ctx) => ctx.load.webhookEndpoint.load(delivery.webhookEndpointId),
  attempts: (delivery, _args, ctx) => ctx.load.recentAttempts.load(delivery.id),
};
