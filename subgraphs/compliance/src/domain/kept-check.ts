import { isDeepStrictEqual } from 'node:util';
import { packNamed } from '../packs/index.ts';
import type { StoredResult } from './evaluate.ts';
import { digestOf, evidenceModel, type Evidence } from './evidence.ts';
import { holdAgainst, levelsIn } from './hold-against.ts';
import type { LevelReached } from './levels.ts';

/** What is kept of a check, as far as it can be made again. */
export interface KeptCheck {
  readonly packs: string;
  readonly evidence: unknown;
  readonly evidenceSha256: string;
  readonly results: unknown;
}

export const packNamesOf = ({ packs }: Pick<KeptCheck, 'packs'>): readonly string[] => packs.split(' ');

const packsOf = (check: KeptCheck) => packNamesOf(check).map(packNamed);

export const evidenceOf = ({ evidence }: Pick<KeptCheck, 'evidence'>): Evidence => evidenceModel.parse(evidence);

export const resultsOf = ({ results }: Pick<KeptCheck, 'results'>): readonly StoredResult[] => results as readonly StoredResult[];

export const levelsOf = (check: KeptCheck): readonly LevelReached[] => levelsIn(packsOf(check), resultsOf(check));

/** Makes a check again from what it keeps: the evidence must have its hash, and the packs must give its results. */
export const isReproducible = (check: KeptCheck): boolean => {
  const evidence = evidenceOf(check);
  return digestOf(evidence) === check.evidenceSha256 && isDeepStrictEqual(holdAgainst(packsOf(check), evidence), resultsOf(check));
};
