import type { NotificationDeliveryCountResolvers } from './../__generated__/types.ts';

export const NotificationDeliveryCount: NotificationDeliveryCountResolvers = {};
