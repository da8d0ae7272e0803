import type { ComplianceSourceResolvers } from './../__generated__/types.ts';

export const ComplianceSource: ComplianceSourceResolvers = {};
