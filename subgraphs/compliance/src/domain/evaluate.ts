import { findingOf, type Finding } from './checks.ts';
import type { Evidence } from './evidence.ts';
import type { Pack, Rule } from './rule.ts';

/** What a rule gave, as it is kept. */
export interface StoredResult extends Finding {
  readonly pack: string;
  readonly ruleId: string;
}

/** Why a rule is not to be applied on a day; `undefined` when it is. */
const outOfTime = ({ effectiveFrom, effectiveTo }: Rule, asOf: string): string | undefined => {
  const day = asOf.slice(0, 10);
  if (day < effectiveFrom) return `It is to be applied only from ${effectiveFrom}; the envelope was completed before.`;
  return effectiveTo !== null && day > effectiveTo ? `It was to be applied only until ${effectiveTo}; the envelope was completed after.` : undefined;
};

/**
 * Holds evidence against a pack, by the law of the moment when the envelope was completed. Pure: the same pack and
 * evidence give the same findings, on any day.
 */
export const evaluate = (pack: Pack, evidence: Evidence): ReadonlyMap<string, Finding> => {
  const findings = new Map<string, Finding>();
  for (const rule of pack.rules) {
    const reason = outOfTime(rule, evidence.completedAt);
    findings.set(rule.id, reason ? { outcome: 'NOT_APPLICABLE', reason } : findingOf(rule.check, evidence, findings));
  }
  return findings;
};
