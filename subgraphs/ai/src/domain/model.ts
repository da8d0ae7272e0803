import { findInPages, type Rule } from './rules/find.ts';
import { amounts } from './rules/amounts.ts';
import { companies, emails, parties, phones } from './rules/contacts-and-parties.ts';
import { dates } from './rules/dates.ts';
import { extractKeyTerms } from './rules/key-terms.ts';
import { signatureLines } from './rules/signature-lines.ts';
import { measureText } from './rules/text-statistics.ts';
import type { Result } from './result.ts';

export type Kind = 'TEXT_STATISTICS' | 'KEY_TERMS' | 'DATES_AND_AMOUNTS' | 'CONTACTS_AND_PARTIES' | 'SIGNATURE_LINES';

/** What reads texts, as people are told of it. */
export interface Model {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly isLocal: boolean;
  readonly kinds: readonly Kind[];
}

const findings = (...rules: readonly Rule[]) => (pages: readonly string[]): Result => findInPages(pages, rules);

/** How each kind of analysis reads the pages of a text. Pure: the same text gives the same result. */
const readers: Readonly<Record<Kind, (pages: readonly string[]) => Result>> = {
  TEXT_STATISTICS: (pages) => ({ statistics: measureText(pages) }),
  KEY_TERMS: (pages) => ({ keyTerms: extractKeyTerms(pages) }),
  DATES_AND_AMOUNTS: findings(dates, amounts),
  CONTACTS_AND_PARTIES: findings(emails, phones, companies, parties),
  SIGNATURE_LINES: findings(signatureLines),
};

/** The model that the platform brings along. Whoever changes what a rule finds raises the version. */
export const rulesModel: Model = {
  name: 'rules',
  version: '1.0.0',
  description: 'Written rules for English and Afrikaans texts of Southern Africa: patterns, counts and word lists. It understands nothing, and finds only what is written plainly.',
  isLocal: true,
  kinds: Object.keys(readers) as Kind[],
};

export const models: readonly Model[] = [rulesModel];

/** The model that an analysis was made with, in the version of that time. */
export const modelOf = (name: string, version: string): Model => {
  const model = models.find((known) => known.name === name);
  if (!model) throw new Error(`An analysis was made with the model ${name}, which is not known.`);
  return { ...model, version };
};

/** PDFs may hold characters that no database takes (NUL, half a surrogate pair); each becomes one that it does. */
const clean = (page: string): string => page.replaceAll('\0', ' ').toWellFormed();

/** Reads a text, given by its pages. */
export const readText = (kind: Kind, pages: readonly string[]): Result => readers[kind](pages.map(clean));
