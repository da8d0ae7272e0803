export type { WebhookEndpoint as WebhookEndpointMapper } from '../__generated__/prisma/client.ts';
export type UserMapper = { id: string };
