import type { QueryResolvers } from './../../__generated__/types.ts';

export const envelope: NonNullable<QueryResolvers['envelope']> = (_root, { id }, ctx) => ctx.load.envelope.load(id);
