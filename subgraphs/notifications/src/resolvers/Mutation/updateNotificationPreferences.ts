import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateNotificationPreferences: NonNullable<MutationResolvers['updateNotificationPreferences']> = (_root, { input }, ctx) => useCases.updatePreferences(ctx, input.preferences);
