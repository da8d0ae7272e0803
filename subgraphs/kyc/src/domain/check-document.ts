import type { CheckedDocument, CheckResult, Claim } from './check.ts';
import { checkMrz } from './check-mrz.ts';
import { checkNamibianNumber, checkSouthAfricanNumber } from './check-number.ts';
import type { GivenDocument } from './document.ts';

/** Checks a document of any type against who a person is said to be, on a day. Pure. */
export const checkDocument = (document: GivenDocument, claim: Claim, today: Date): CheckedDocument => {
  if ('mrzLines' in document) return checkMrz(document, claim, today);
  return document.type === 'NAMIBIAN_ID_NUMBER' ? checkNamibianNumber(document, claim, today) : checkSouthAfricanNumber(document, claim, today);
};

/** What checks alone can decide: against, or nothing. Never that somebody is verified. */
export const stateAfter = (results: readonly CheckResult[]): { readonly state: 'REJECTED'; readonly reason: string } | { readonly state: 'REQUIRES_REVIEW'; readonly reason: null } => {
  const failed = results.find(({ verdict }) => verdict === 'FAILED');
  return failed ? { state: 'REJECTED', reason: failed.reason } : { state: 'REQUIRES_REVIEW', reason: null };
};
