import type { QueryResolvers } from './../../__generated__/types.ts';

export const documentVersion: NonNullable<QueryResolvers['documentVersion']> = (_root, { id }, ctx) => ctx.load.version.load(id);
