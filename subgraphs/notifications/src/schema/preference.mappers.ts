export type { EffectivePreference as NotificationPreferenceMapper } from '../domain/preferences.ts';
