import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const notifications: NonNullable<QueryResolvers['notifications']> = (_root, args, ctx) => useCases.listNotifications(ctx, args);
