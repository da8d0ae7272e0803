export { countDeliveries } from './count-deliveries.ts';
export { keepAskedRecipient } from './keep-asked-recipient.ts';
export { forgetMember, keepMember } from './keep-member.ts';
export { countUnread, listNotifications } from './list-notifications.ts';
export { markNotificationsRead } from './mark-notifications-read.ts';
export { notify } from './notify.ts';
export { listPreferences, updatePreferences } from './preferences.ts';
export { settleDelivery } from './settle-delivery.ts';
export { watchNotifications } from './watch-notifications.ts';
