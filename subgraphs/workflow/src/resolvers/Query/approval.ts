import type { QueryResolvers } from './../../__generated__/types.ts';

export const approval: NonNullable<QueryResolvers['approval']> = (_root, { id }, ctx) => ctx.load.approval.load(id);
