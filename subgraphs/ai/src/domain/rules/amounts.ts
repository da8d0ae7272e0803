import type { Rule } from './find.ts';

/** Currencies by how they are written (ISO 4217). A bare $ is left alone: here it is as often N$ as US$. */
const currencies: Readonly<Record<string, string>> = { N$: 'NAD', NAD: 'NAD', R: 'ZAR', ZAR: 'ZAR', US$: 'USD', USD: 'USD', '€': 'EUR', EUR: 'EUR', '£': 'GBP', GBP: 'GBP', BWP: 'BWP' };

/** Thousands apart by spaces or commas, then cents after a point or a comma. */
const AMOUNT = /(?<![\p{L}\d])(N\$|NAD|ZAR|US\$|USD|€|EUR|£|GBP|BWP|R)[ \u00a0]?(\d{1,3}(?:[ \u00a0,]\d{3})+|\d{1,15})(?:[.,](\d{2}))?(?!\d)/gu;

/** Nobody owes more; a longer number is something else. */
const MAX_DIGITS = 15;

export const amounts: Rule = {
  kind: 'AMOUNT',
  patterns: [
    {
      match: AMOUNT,
      valueOf: ([, sign = '', whole = '', cents]) => {
        const digits = whole.replace(/\D/g, '');
        if (digits.length > MAX_DIGITS) return undefined;
        // "R 5" may be a row or a form; with cents or thousands it is money.
        if (sign === 'R' && cents === undefined && digits === whole && whole.length < 4) return undefined;
        return `${currencies[sign]} ${BigInt(digits)}.${cents ?? '00'}`;
      },
    },
  ],
};
