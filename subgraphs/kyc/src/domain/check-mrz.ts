import { parse, type FieldName, type ParseResult } from 'mrz';
import type { VerificationCheckKind } from '../__generated__/prisma/client.ts';
import { authenticityNotChecked, birthDateAgrees, result, type CheckDocument, type CheckResult, type Claim } from './check.ts';
import { masked, type MrzDocument } from './document.ts';
import { namesAgree } from './names.ts';

const digits: readonly (readonly [field: FieldName, kind: VerificationCheckKind, what: string])[] = [
  ['documentNumberCheckDigit', 'DOCUMENT_NUMBER_CHECK_DIGIT', 'the document number'],
  ['birthDateCheckDigit', 'BIRTH_DATE_CHECK_DIGIT', 'the date of birth'],
  ['expirationDateCheckDigit', 'EXPIRY_CHECK_DIGIT', 'the date of expiry'],
  ['personalNumberCheckDigit', 'PERSONAL_NUMBER_CHECK_DIGIT', 'the personal number'],
  ['compositeCheckDigit', 'COMPOSITE_CHECK_DIGIT', 'the zone as a whole'],
];

const digitResults = ({ details }: ParseResult): CheckResult[] =>
  digits.flatMap(([field, kind, what]) => {
    const detail = details.find((one) => one.field === field);
    if (!detail) return [];
    return detail.valid ? [result(kind, 'PASSED', `The check digit fits ${what}.`)] : [result(kind, 'FAILED', `The check digit does not fit ${what}: it was misread, mistyped or changed.`)];
  });

/** A date of expiry lies in this century: documents are valid for ten years at most, and these zones are younger than that. */
const expiryOf = ({ fields }: ParseResult): Date | null => {
  const text = fields.expirationDate;
  return text ? new Date(`20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}T00:00:00.000Z`) : null;
};

const DAY_MS = 86_400_000;

const notExpired = (expiry: Date | null, today: Date): CheckResult => {
  if (!expiry) return result('NOT_EXPIRED', 'INCONCLUSIVE', 'The document’s date of expiry cannot be read.');
  // The last day still counts, wherever on earth it is.
  const over = today.getTime() >= expiry.getTime() + 2 * DAY_MS;
  return over ? result('NOT_EXPIRED', 'FAILED', 'The document’s time is over.') : result('NOT_EXPIRED', 'PASSED', 'The document’s time is not over.');
};

const issuingState = ({ fields }: ParseResult): CheckResult =>
  fields.issuingState ? result('ISSUING_STATE', 'PASSED', 'The issuing state has a code that is known.') : result('ISSUING_STATE', 'INCONCLUSIVE', 'The code of the issuing state is not a known one.');

const birthDate = ({ fields }: ParseResult, claim: Claim): CheckResult =>
  fields.birthDate ? birthDateAgrees(fields.birthDate, claim) : result('BIRTH_DATE_AGREES', 'INCONCLUSIVE', 'The document’s date of birth cannot be read.');

const name = ({ fields }: ParseResult, claim: Claim): CheckResult =>
  namesAgree(`${fields.firstName ?? ''} ${fields.lastName ?? ''}`, claim.personName)
    ? result('NAME_AGREES', 'PASSED', 'The document has the name that was said.')
    : result('NAME_AGREES', 'INCONCLUSIVE', 'The document writes the name otherwise than it was said; compare them.');

/** Checks a machine readable zone (ICAO 9303): its digits, its dates and what it agrees with. The picture is not looked at. */
export const checkMrz: CheckDocument<MrzDocument> = ({ type, mrzLines }, claim, today) => {
  const parsed = parse([...mrzLines]);
  const expiry = expiryOf(parsed);
  return {
    document: { type, maskedNumber: masked(parsed.fields.documentNumber ?? ''), issuingState: parsed.fields.issuingState ?? null, expiresOn: expiry },
    results: [...digitResults(parsed), issuingState(parsed), notExpired(expiry, today), birthDate(parsed, claim), name(parsed, claim), authenticityNotChecked],
  };
};
