import type { VerificationCheckKind, VerificationCheckVerdict } from '../__generated__/prisma/client.ts';
import type { GivenDocument, ShownDocument } from './document.ts';

/** What a check gave, and why. */
export interface CheckResult {
  readonly kind: VerificationCheckKind;
  readonly verdict: VerificationCheckVerdict;
  readonly reason: string;
}

/** Who a person is said to be. */
export interface Claim {
  readonly personName: string;
  readonly dateOfBirth: Date;
}

/** What checking a document gave: the results, and what may be shown of it. */
export interface CheckedDocument {
  readonly document: ShownDocument;
  readonly results: readonly CheckResult[];
}

export type CheckDocument<Document extends GivenDocument> = (document: Document, claim: Claim, today: Date) => CheckedDocument;

export const result = (kind: VerificationCheckKind, verdict: VerificationCheckVerdict, reason: string): CheckResult => ({ kind, verdict, reason });

/** Said of every document, so that nobody takes right digits for a right person. */
export const authenticityNotChecked = result('AUTHENTICITY', 'NOT_CHECKED', 'Neither the document nor its issuer was asked: whether it is genuine, and the person’s own, is for the reviewer.');

/** A date of birth as documents write it: YYMMDD. */
export const shortDateOf = (date: Date): string => date.toISOString().slice(2, 10).replaceAll('-', '');

export const birthDateAgrees = (written: string, { dateOfBirth }: Claim): CheckResult =>
  written === shortDateOf(dateOfBirth)
    ? result('BIRTH_DATE_AGREES', 'PASSED', 'The document has the date of birth that was said, its century aside.')
    : result('BIRTH_DATE_AGREES', 'FAILED', 'The document has another date of birth than the one that was said.');

/** Whether YYMMDD is a day in this century or the last. */
export const isShortDate = (text: string): boolean => {
  const [month, day] = [Number(text.slice(2, 4)), Number(text.slice(4, 6))];
  return ['19', '20'].some((century) => {
    const date = new Date(Date.UTC(Number(century + text.slice(0, 2)), month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  });
};
