import type { NotificationDeliveryResolvers } from './../__generated__/types.ts';

export const NotificationDelivery: NotificationDeliveryResolvers = {
  email: ({ emailMessageId }) => (emailMessageId === null ? null : { id: emailMessageId }),
};
