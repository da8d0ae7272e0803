import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const markNotificationsRead: NonNullable<MutationResolvers['markNotificationsRead']> = (_root, { input }, ctx) => useCases.markNotificationsRead(ctx, input);
