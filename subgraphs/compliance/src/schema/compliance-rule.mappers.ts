export type { PackedRule as ComplianceRuleMapper } from '../domain/rule.ts';
