import type { NotificationPreferenceResolvers } from './../__generated__/types.ts';

export const NotificationPreference: NotificationPreferenceResolvers = {};
