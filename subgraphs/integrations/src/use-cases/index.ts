/** What this subgraph can do. */
export { attemptDelivery } from './attempt-delivery.ts';
export { createWebhookEndpoint } from './create-webhook-endpoint.ts';
export { deleteWebhookEndpoint } from './delete-webhook-endpoint.ts';
export { listWebhookDeliveries, listWebhookEndpoints } from './lists.ts';
export { resendWebhookDelivery } from './resend-webhook-delivery.ts';
export { rotateWebhookSecret } from './rotate-webhook-secret.ts';
export { tellEndpoints } from './tell-endpoints.ts';
export { testWebhookEndpoint } from './test-webhook-endpoint.ts';
export { updateWebhookEndpoint } from './update-webhook-endpoint.ts';
