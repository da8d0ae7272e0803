import type { Rule } from './find.ts';

/** A blank to write on. */
const BLANK = /_{4}|\.{8}|…{4}/;
/** What the blank is for, in English or Afrikaans. */
const PURPOSE = /\b(?:sign|signed|signature|signatory|witness|name|date|place|capacity|geteken|handtekening|getuie|naam|datum|plek|hoedanigheid)\b/i;

export const signatureLines: Rule = {
  kind: 'SIGNATURE_LINE',
  patterns: [{ match: /^.+$/gm, valueOf: ([line]) => (BLANK.test(line) && PURPOSE.test(line) ? null : undefined) }],
};
