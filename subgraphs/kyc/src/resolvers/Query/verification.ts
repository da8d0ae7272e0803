import type { QueryResolvers } from './../../__generated__/types.ts';

export const verification: NonNullable<QueryResolvers['verification']> = (_root, { id }, ctx) => ctx.load.verification.load(id);
