import type { QueryResolvers } from './../../__generated__/types.ts';

export const trustedOperation: NonNullable<QueryResolvers['trustedOperation']> = (_root, { id }, ctx) => ctx.load.trustedOperation.load(id);
