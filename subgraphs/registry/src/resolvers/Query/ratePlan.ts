import type { QueryResolvers } from './../../__generated__/types.ts';

export const ratePlan: NonNullable<QueryResolvers['ratePlan']> = (_root, { id }, ctx) => ctx.load.ratePlan.load(id);
