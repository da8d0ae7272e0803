import type { QueryResolvers } from './../../__generated__/types.ts';

export const complianceCheck: NonNullable<QueryResolvers['complianceCheck']> = (_root, { id }, ctx) => ctx.load.complianceCheck.load(id);
