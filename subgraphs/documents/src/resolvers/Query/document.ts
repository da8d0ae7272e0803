import type { QueryResolvers } from './../../__generated__/types.ts';

export const document: NonNullable<QueryResolvers['document']> = (_root, { id }, ctx) => ctx.load.document.load(id);
