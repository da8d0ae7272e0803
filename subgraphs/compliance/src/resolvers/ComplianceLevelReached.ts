import type { ComplianceLevelReachedResolvers } from './../__generated__/types.ts';
import { ruleOf } from '../packs/index.ts';

export const ComplianceLevelReached: ComplianceLevelReachedResolvers = {
  missing: ({ pack, missing }) => missing.map((id) => ruleOf(pack, id)),
};
