import type { QueryResolvers } from './../../__generated__/types.ts';

export const schemaVersion: NonNullable<QueryResolvers['schemaVersion']> = (_root, { id }, ctx) => ctx.load.schemaVersion.load(id);
