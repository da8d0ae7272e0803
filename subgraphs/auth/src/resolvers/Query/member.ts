import type { QueryResolvers } from './../../__generated__/types.ts';

export const member: NonNullable<QueryResolvers['member']> = (_root, { id }, ctx) => ctx.load.membership.load(id);
