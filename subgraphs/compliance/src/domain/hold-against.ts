import { evaluate, type StoredResult } from './evaluate.ts';
import type { Evidence } from './evidence.ts';
import { levelOf, type LevelReached } from './levels.ts';
import { nameOf, type Pack } from './rule.ts';

/** What packs give on evidence, in the order of the packs and of their rules. */
export const holdAgainst = (packs: readonly Pack[], evidence: Evidence): readonly StoredResult[] =>
  packs.flatMap((pack) => [...evaluate(pack, evidence)].map(([ruleId, { outcome, reason }]) => ({ pack: nameOf(pack), ruleId, outcome, reason })));

/** The level that results reach in each pack. */
export const levelsIn = (packs: readonly Pack[], results: readonly StoredResult[]): readonly LevelReached[] =>
  packs.map((pack) => {
    const name = nameOf(pack);
    return levelOf(pack, name, new Map(results.filter((result) => result.pack === name).map((result) => [result.ruleId, result])));
  });
