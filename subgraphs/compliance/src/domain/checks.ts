import type { Evidence } from './evidence.ts';
import type { Check } from './rule.ts';

export type Outcome = 'PASS' | 'FAIL' | 'WARN' | 'NOT_APPLICABLE' | 'INDETERMINATE';

/** What a rule gave, and why. */
export interface Finding {
  readonly outcome: Outcome;
  readonly reason: string;
}

const finding = (outcome: Outcome, reason: string): Finding => ({ outcome, reason });

type RecipientMoment = 'linkSentAt' | 'openedAt' | 'signedAt';

const lacking = ({ recipients }: Evidence, moments: readonly RecipientMoment[]): number => recipients.filter((recipient) => moments.some((moment) => recipient[moment] === null)).length;

/** Passes when every recipient has these moments; an envelope without recipients proves nothing. */
const eachHas = (evidence: Evidence, moments: readonly RecipientMoment[], met: string, what: string): Finding => {
  const { length } = evidence.recipients;
  const missing = lacking(evidence, moments);
  return length > 0 && missing === 0 ? finding('PASS', met) : finding('INDETERMINATE', `Of ${missing} of ${length} recipients it was not heard ${what}.`);
};

const documentIsNot = ({ declaration }: Evidence, check: Extract<Check, { kind: 'document-is-not' }>): Finding => {
  if (!declaration) return finding('INDETERMINATE', 'Nobody said what the document is.');
  if (declaration.documentType !== check.type) return finding('PASS', 'By what was said, the document is of another kind.');
  if (!check.onlyWhenFormIsRequired || declaration.formRequiredByLaw === true) return finding('FAIL', 'By what was said, the document is of this kind.');
  if (declaration.formRequiredByLaw === false) return finding('PASS', 'By what was said, no law asks for writing or a signature here.');
  return finding('INDETERMINATE', 'Nobody said whether a law asks for writing or a signature.');
};

const partiesAgreed = ({ declaration }: Evidence): Finding => {
  if (declaration?.partiesAgreed === true) return finding('PASS', 'By what was said, the parties agreed to sign in this way.');
  if (declaration?.partiesAgreed === false) return finding('FAIL', 'By what was said, the parties did not agree to sign in this way.');
  return finding('INDETERMINATE', 'Nobody said whether the parties agreed to sign in this way.');
};

const sealed = ({ sealedSha256 }: Evidence): Finding =>
  /^[0-9a-f]{64}$/.test(sealedSha256)
    ? finding('PASS', 'The sealed PDF is bound by its SHA-256: any later change of it shows.')
    : finding('INDETERMINATE', 'The hash of the sealed PDF was not heard.');

const momentsKnown = (evidence: Evidence): Finding => {
  if (evidence.sentAt === null) return finding('INDETERMINATE', 'It was not heard when the envelope was sent.');
  return eachHas(evidence, ['linkSentAt', 'openedAt', 'signedAt'], 'It is known when the envelope was sent, and when each recipient was sent their link, opened it and signed.', 'when they were sent their link, opened it or signed');
};

/** Holds evidence against one check; `others` are the findings of the rules before it. */
export const findingOf = (check: Check, evidence: Evidence, others: ReadonlyMap<string, Finding>): Finding => {
  switch (check.kind) {
    case 'document-is-not': return documentIsNot(evidence, check);
    case 'all-of': return allOf(check.rules, others);
    case 'parties-agreed': return partiesAgreed(evidence);
    case 'each-opened-their-link': return eachHas(evidence, ['linkSentAt', 'openedAt'], 'Each recipient opened the link that was sent to their own e-mail address; nothing more identifies them.', 'that they opened their own link');
    case 'how-identified': return lacking(evidence, ['openedAt']) === 0 && evidence.recipients.length > 0
      ? finding('WARN', 'Recipients were identified by a link to their e-mail address, and by nothing stronger that was heard.')
      : finding('INDETERMINATE', 'It was not heard how every recipient was identified.');
    case 'each-signed': return eachHas(evidence, ['signedAt'], 'Each recipient signed by an act of their own.', 'that they signed');
    case 'sealed': return sealed(evidence);
    case 'moments-known': return momentsKnown(evidence);
    case 'not-told': return finding('INDETERMINATE', `The evidence does not tell ${check.what}.`);
  }
};

const allOf = (rules: readonly string[], others: ReadonlyMap<string, Finding>): Finding => {
  const outcomes = rules.map((id) => ({ id, outcome: others.get(id)?.outcome ?? 'INDETERMINATE' }));
  const failed = outcomes.find(({ outcome }) => outcome === 'FAIL');
  if (failed) return finding('FAIL', `${failed.id} is not met.`);
  const open = outcomes.find(({ outcome }) => outcome === 'INDETERMINATE');
  return open ? finding('INDETERMINATE', `${open.id} is not known to be met.`) : finding('PASS', 'What it rests on is met.');
};
