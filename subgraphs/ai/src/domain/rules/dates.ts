import type { Rule } from './find.ts';

/** English and Afrikaans months by their first three letters. */
const months: Readonly<Record<string, number>> = { jan: 1, feb: 2, mar: 3, maa: 3, apr: 4, may: 5, mei: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, okt: 10, nov: 11, dec: 12, des: 12 };

const MONTH =
  '(Jan(?:uary|uarie)?|Feb(?:ruary|ruarie)?|Mar(?:ch)?|Maart|Apr(?:il)?|May|Mei|June?|Junie|July?|Julie|Aug(?:ust|ustus)?|Sept?(?:ember)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[cs](?:ember)?)\\.?';
const DAY = '(\\d{1,2})(?:st|nd|rd|th|ste|de)?';

/** The date in ISO 8601; undefined when the calendar has no such day. */
const isoOf = (year: number, month: number, day: number): string | undefined => {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
};

const monthOf = (name = ''): number => months[name.slice(0, 3).toLowerCase()] ?? 0;

export const dates: Rule = {
  kind: 'DATE',
  patterns: [
    { match: /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g, valueOf: ([, year, month, day]) => isoOf(Number(year), Number(month), Number(day)) },
    // Southern Africa writes the day first.
    { match: /(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)/g, valueOf: ([, day, , month, year]) => isoOf(Number(year), Number(month), Number(day)) },
    {
      match: new RegExp(`(?<!\\d)${DAY}\\s+(?:day\\s+of\\s+|dag\\s+van\\s+)?${MONTH},?\\s+(\\d{4})(?!\\d)`, 'gi'),
      valueOf: ([, day, month, year]) => isoOf(Number(year), monthOf(month), Number(day)),
    },
    { match: new RegExp(`\\b${MONTH}\\s+${DAY},?\\s+(\\d{4})(?!\\d)`, 'gi'), valueOf: ([, month, day, year]) => isoOf(Number(year), monthOf(month), Number(day)) },
  ],
};
