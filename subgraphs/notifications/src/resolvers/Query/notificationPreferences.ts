import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const notificationPreferences: NonNullable<QueryResolvers['notificationPreferences']> = (_root, _args, ctx) => useCases.listPreferences(ctx);
