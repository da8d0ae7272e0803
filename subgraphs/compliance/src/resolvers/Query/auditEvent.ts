import type { QueryResolvers } from './../../__generated__/types.ts';

export const auditEvent: NonNullable<QueryResolvers['auditEvent']> = (_root, { id }, ctx) => ctx.load.auditEvent.load(id);
