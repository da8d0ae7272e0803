import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const unreadNotificationCount: NonNullable<QueryResolvers['unreadNotificationCount']> = (_root, _args, ctx) => useCases.countUnread(ctx);
