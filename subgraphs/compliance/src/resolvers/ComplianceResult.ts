import type { ComplianceResultResolvers } from './../__generated__/types.ts';
import { ruleOf } from '../packs/index.ts';

export const ComplianceResult: ComplianceResultResolvers = {
  rule: ({ pack, ruleId }) => ruleOf(pack, ruleId),
};
