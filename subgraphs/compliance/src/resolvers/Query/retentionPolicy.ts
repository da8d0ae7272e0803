import type { QueryResolvers } from './../../__generated__/types.ts';

export const retentionPolicy: NonNullable<QueryResolvers['retentionPolicy']> = (_root, { id }, ctx) => ctx.load.retentionPolicy.load(id);
