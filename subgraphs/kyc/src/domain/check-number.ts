import { authenticityNotChecked, birthDateAgrees, isShortDate, result, type CheckDocument, type CheckResult } from './check.ts';
import { masked, type NumberDocument } from './document.ts';

/** Whether the last digit fits the others (Luhn, ISO/IEC 7812-1). */
export const fitsLuhn = (number: string): boolean => {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
};

const format = (number: string): CheckResult =>
  isShortDate(number)
    ? result('NUMBER_FORMAT', 'FORMAT_ONLY', 'The number has the right length and begins with a date, as such numbers do; whether it was ever given out is not known.')
    : result('NUMBER_FORMAT', 'FAILED', 'The number does not begin with a date, as such numbers do.');

/** Namibian numbers: 11 digits that begin with the date of birth. No rule of a check digit is known, so none is checked. */
export const checkNamibianNumber: CheckDocument<NumberDocument> = ({ type, number }, claim) => ({
  document: { type, maskedNumber: masked(number), issuingState: 'NAM', expiresOn: null },
  results: [format(number), birthDateAgrees(number.slice(0, 6), claim), authenticityNotChecked],
});

/** South African numbers: 13 digits that begin with the date of birth and end with a check digit (Luhn). */
export const checkSouthAfricanNumber: CheckDocument<NumberDocument> = ({ type, number }, claim) => ({
  document: { type, maskedNumber: masked(number), issuingState: 'ZAF', expiresOn: null },
  results: [
    format(number),
    fitsLuhn(number) ? result('NUMBER_CHECK_DIGIT', 'PASSED', 'The check digit fits the number.') : result('NUMBER_CHECK_DIGIT', 'FAILED', 'The check digit does not fit the number: it was misread, mistyped or made up.'),
    birthDateAgrees(number.slice(0, 6), claim),
    authenticityNotChecked,
  ],
});
