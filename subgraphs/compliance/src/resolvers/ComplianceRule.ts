import type { ComplianceRuleResolvers } from './../__generated__/types.ts';

export const ComplianceRule: ComplianceRuleResolvers = {};
