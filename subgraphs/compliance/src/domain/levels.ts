import type { Finding } from './checks.ts';
import type { Framework, Level, Pack } from './rule.ts';

/** What is reached in a pack, and the ids of the rules that stand before the next level. */
export interface LevelReached {
  readonly pack: string;
  readonly framework: Framework;
  readonly level: Level;
  readonly missing: readonly string[];
}

/** Met means shown: what the evidence does not tell, and what was not to be applied, is not met. */
const isMet = (finding: Finding | undefined): boolean => finding?.outcome === 'PASS' || finding?.outcome === 'WARN';

/** The level that findings reach: the last step whose rules, and those of every step before it, are met. */
export const levelOf = ({ levels, framework }: Pack, pack: string, findings: ReadonlyMap<string, Finding>): LevelReached => {
  const excluding = levels.excluded?.byFailing.filter((id) => findings.get(id)?.outcome === 'FAIL') ?? [];
  if (levels.excluded && excluding.length > 0) return { pack, framework, level: levels.excluded.level, missing: excluding };
  let level = levels.floor;
  for (const step of levels.steps) {
    const missing = step.needs.filter((id) => !isMet(findings.get(id)));
    if (missing.length > 0) return { pack, framework, level, missing };
    level = step.level;
  }
  return { pack, framework, level, missing: [] };
};
