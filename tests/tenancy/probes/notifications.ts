import { common, counts, nothing, own, type Table } from './probe.ts';

export const notifications: Table = {
  'Query.notification': nothing(({ notificationId: id }) => ({ id })),
  'Query.notifications': own(),
  'Query.notificationDeliveryStatistics': counts(),
  'Query.notificationPreferences': common(),
  'Query.unreadNotificationCount': counts(),
  'Subscription.notificationReceived': own(),
  'Mutation.markNotificationsRead': nothing(({ notificationId: id }) => ({ input: { ids: [id] } }), 'MarkNotificationsReadSuccess'),
  'Mutation.updateNotificationPreferences': common(() => ({ input: { preferences: [{ kind: 'ENVELOPE_COMPLETED', channel: 'EMAIL', isEnabled: false }] } })),
};
