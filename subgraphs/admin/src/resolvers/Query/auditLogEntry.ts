import type { QueryResolvers } from './../../__generated__/types.ts';

export const auditLogEntry: NonNullable<QueryResolvers['auditLogEntry']> = (_root, { id }, ctx) => ctx.load.auditLogEntry.load(id);
