import type { Finding, FindingKind } from '../result.ts';

/** A pattern with what it finds. `valueOf` says what a match is worth; `undefined` when it is none after all. */
export interface Pattern {
  readonly match: RegExp;
  valueOf(match: RegExpMatchArray): string | null | undefined;
}

export interface Rule {
  readonly kind: FindingKind;
  readonly patterns: readonly Pattern[];
}

/** Findings kept of one analysis; a text can be made of nothing else. */
export const MAX_FINDINGS = 500;
const MAX_TEXT = 200;

const findOnPage = (text: string, page: number, rule: Rule): Finding[] =>
  rule.patterns.flatMap(({ match, valueOf }) =>
    [...text.matchAll(match)].flatMap((found) => {
      const value = valueOf(found);
      return value === undefined ? [] : [{ kind: rule.kind, text: found[0].trim().slice(0, MAX_TEXT).toWellFormed(), value, page, offset: found.index }];
    }),
  );

/** Two patterns of a rule may see the same words; the one that begins earlier, or else sees more, has them. */
const withoutOverlaps = (findings: readonly Finding[]): Finding[] => {
  const ends = new Map<FindingKind, number>();
  return [...findings]
    .sort((one, other) => one.offset - other.offset || other.text.length - one.text.length)
    .filter(({ kind, offset, text }) => {
      if (offset < (ends.get(kind) ?? 0)) return false;
      ends.set(kind, offset + text.length);
      return true;
    });
};

/** What rules find on the pages of a text, in reading order. */
export const findInPages = (pages: readonly string[], rules: readonly Rule[]): { findings: Finding[]; findingsOmitted: number } => {
  const all = pages.flatMap((text, index) => withoutOverlaps(rules.flatMap((rule) => findOnPage(text, index + 1, rule))));
  return { findings: all.slice(0, MAX_FINDINGS), findingsOmitted: Math.max(0, all.length - MAX_FINDINGS) };
};
