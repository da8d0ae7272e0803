import type { ConditionDefinition } from './step.ts';

/** What is known of a document or an envelope; null where it is not. */
export interface KnownFacts {
  readonly pages: number | null;
  readonly bytes: number | null;
  readonly recipients: number | null;
}

const looks: Readonly<Record<ConditionDefinition['fact'], { readonly of: keyof KnownFacts; readonly words: string }>> = {
  DOCUMENT_PAGES: { of: 'pages', words: 'The number of pages' },
  DOCUMENT_BYTES: { of: 'bytes', words: 'The size of the document' },
  ENVELOPE_RECIPIENTS: { of: 'recipients', words: 'The number of recipients' },
};

const compare: Readonly<Record<ConditionDefinition['comparison'], (left: number, right: number) => boolean>> = {
  EQUAL: (left, right) => left === right,
  LESS: (left, right) => left < right,
  GREATER: (left, right) => left > right,
};

export type Verdict = { readonly holds: boolean; readonly note: string } | { readonly holds: null; readonly note: string };

/** Whether a condition holds, and why; `null` when what it looks at is not known. */
export const judge = ({ fact, comparison, value }: ConditionDefinition, known: KnownFacts): Verdict => {
  const { of, words } = looks[fact];
  const found = known[of];
  if (found === null) return { holds: null, note: `${words} is not known.` };
  return { holds: compare[comparison](found, value), note: `${words} is ${found}.` };
};
