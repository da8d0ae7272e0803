import type { QueryResolvers } from './../../__generated__/types.ts';

export const auditCheckpoint: NonNullable<QueryResolvers['auditCheckpoint']> = (_root, { id }, ctx) => ctx.load.auditCheckpoint.load(id);
