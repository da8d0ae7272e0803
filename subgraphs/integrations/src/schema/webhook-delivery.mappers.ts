export type { WebhookAttempt as WebhookAttemptMapper, WebhookDelivery as WebhookDeliveryMapper } from '../__generated__/prisma/client.ts';
