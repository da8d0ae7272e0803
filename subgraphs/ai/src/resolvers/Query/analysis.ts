import type { QueryResolvers } from './../../__generated__/types.ts';

export const analysis: NonNullable<QueryResolvers['analysis']> = (_root, { id }, ctx) => ctx.load.analysis.load(id);
