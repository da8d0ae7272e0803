import type { WebhookEndpointResolvers } from './../__generated__/types.ts';

export const WebhookEndpoint: WebhookEndpointResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.webhookEndpoint.load(reference.id),
  // A secret whose time is over signs nothing any more, also while its row still holds it.
  previousSecretUntil: ({ previousSecretUntil }, _args, ctx) => (previousSecretUntil && previousSecretUntil > ctx.now() ? previousSecretUntil : null),
  createdBy: (endpoint) => ({ id: endpoint.createdById }),
};
