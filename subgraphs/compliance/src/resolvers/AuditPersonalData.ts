import type { AuditPersonalDataResolvers } from './../__generated__/types.ts';

export const AuditPersonalData: AuditPersonalDataResolvers = {};
