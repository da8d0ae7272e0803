import { z } from 'zod';

const statistics = z.object({
  pages: z.int(),
  emptyPages: z.int(),
  characters: z.int(),
  words: z.int(),
  sentences: z.int(),
  language: z.string().nullable(),
  readabilityIndex: z.number().nullable(),
});

const keyTerm = z.object({ term: z.string(), count: z.int(), pages: z.array(z.int()) });

const finding = z.object({
  kind: z.enum(['DATE', 'AMOUNT', 'EMAIL', 'PHONE', 'COMPANY', 'PARTY', 'SIGNATURE_LINE']),
  text: z.string(),
  value: z.string().nullable(),
  page: z.int(),
  offset: z.int(),
});

/** What an analysis came to, as it is kept. */
export const resultModel = z.union([z.object({ statistics }), z.object({ keyTerms: z.array(keyTerm) }), z.object({ findings: z.array(finding), findingsOmitted: z.int() })]);

export type Result = z.output<typeof resultModel>;
export type Statistics = z.output<typeof statistics>;
export type KeyTerm = z.output<typeof keyTerm>;
export type Finding = z.output<typeof finding>;
export type FindingKind = Finding['kind'];

/** One field of a kept result; null when the result is of another kind, or not there yet. */
export const fieldOf = <Name extends 'statistics' | 'keyTerms' | 'findings' | 'findingsOmitted'>(result: unknown, name: Name) => {
  if (result === null) return null;
  const fields: { statistics?: Statistics; keyTerms?: KeyTerm[]; findings?: Finding[]; findingsOmitted?: number } = resultModel.parse(result);
  return fields[name] ?? null;
};
