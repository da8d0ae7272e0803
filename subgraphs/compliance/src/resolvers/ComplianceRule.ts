import type { ComplianceRuleResolvers } from './../__generated__/types.ts';

export const ComplianceRule: ComplianceRuleResolvers = {
    effectiveFrom: ({ effectiveFrom }, _arg, _ctx) => {
                        /* ComplianceRule.effectiveFrom resolver is required because ComplianceRule.effectiveFrom and ComplianceRuleMapper.effectiveFrom are not compatible */
                        return effectiveFrom
                      },
    effectiveTo: ({ effectiveTo }, _arg, _ctx) => {
                        /* ComplianceRule.effectiveTo resolver is required because ComplianceRule.effectiveTo and ComplianceRuleMapper.effectiveTo are not compatible */
                        return effectiveTo
                      }
};
