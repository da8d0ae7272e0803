export type { Delivery as NotificationDeliveryMapper, Notification as NotificationMapper } from '../__generated__/prisma/client.ts';
