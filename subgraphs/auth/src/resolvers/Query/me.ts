import type { QueryResolvers } from './../../__generated__/types.ts';
import { found, requireUser } from '@buffrsign/kernel';

export const me: NonNullable<QueryResolvers['me']> = async (_root, _args, ctx) => found(await ctx.load.user.load(requireUser(ctx.actor).id));
