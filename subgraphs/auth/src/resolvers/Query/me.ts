import type { QueryResolvers } from './../../__generated__/types.ts';
import { requireUser } from '@buffrsign/kernel';
import { mustLoad } from '../../must-load.ts';

export const me: NonNullable<QueryResolvers['me']> = (_root, _args, ctx) => mustLoad(ctx.load.user, requireUser(ctx.actor).id);
