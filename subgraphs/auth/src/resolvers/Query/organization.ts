import type { QueryResolvers } from './../../__generated__/types.ts';
import { found, requireKnown } from '@buffrsign/kernel';

export const organization: NonNullable<QueryResolvers['organization']> = async (_root, _args, ctx) => found(await ctx.load.organization.load(requireKnown(ctx.actor).organizationId));
