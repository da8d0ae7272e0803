import { nothing, own, type Table } from './probe.ts';

export const integrations: Table = {
  'Query.webhookDeliveries': [own(), nothing(({ webhookEndpointId }) => ({ webhookEndpointId }))],
  'Query.webhookDelivery': nothing(({ webhookDeliveryId: id }) => ({ id })),
  'Query.webhookEndpoint': nothing(({ webhookEndpointId: id }) => ({ id })),
  'Query.webhookEndpoints': own(),
  'Mutation.createWebhookEndpoint': own(() => ({ input: { url: 'https://hooks.example.na/', eventTypes: ['DOCUMENT_READY'] } })),
  'Mutation.updateWebhookEndpoint': nothing(({ webhookEndpointId: id }) => ({ input: { id, description: 'Nothing' } })),
  'Mutation.testWebhookEndpoint': nothing(({ webhookEndpointId: id }) => ({ input: { id } })),
  'Mutation.resendWebhookDelivery': nothing(({ webhookDeliveryId: id }) => ({ input: { id } })),
  'Mutation.rotateWebhookSecret': nothing(({ webhookEndpointId: id }) => ({ input: { id } })),
  'Mutation.deleteWebhookEndpoint': nothing(({ webhookEndpointId: id }) => ({ input: { id } })),
};
