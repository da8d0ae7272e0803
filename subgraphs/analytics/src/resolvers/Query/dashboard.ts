import type { QueryResolvers } from './../../__generated__/types.ts';

export const dashboard: NonNullable<QueryResolvers['dashboard']> = (_root, { id }, ctx) => ctx.load.dashboard.load(id);
