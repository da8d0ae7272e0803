import type { AuditLogKeyResolvers } from './../__generated__/types.ts';

export const AuditLogKey: AuditLogKeyResolvers = {};
