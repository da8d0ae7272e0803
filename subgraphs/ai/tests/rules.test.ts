import { describe, expect, test } from 'vitest';
import { statusesBefore } from '../src/domain/analysis.ts';
import { readText, rulesModel, type Kind } from '../src/domain/model.ts';
import type { Finding, KeyTerm, Statistics } from '../src/domain/result.ts';
import { MAX_FINDINGS } from '../src/domain/rules/find.ts';

const find = (kind: Kind, ...pages: string[]) => (readText(kind, pages) as { findings: Finding[] }).findings;
const valuesOf = (kind: Kind, text: string) => find(kind, text).map(({ kind: found, value, text: words }) => `${found} ${value ?? words}`);

describe('dates', () => {
  test.each([
    ['on 2026-03-01.', '2026-03-01'],
    ['on 01/03/2026.', '2026-03-01'],
    ['on 1.3.2026.', '2026-03-01'],
    ['this 1st day of March 2026', '2026-03-01'],
    ['on 21 Sept. 2026', '2026-09-21'],
    ['op 5 Desember 2026', '2026-12-05'],
    ['op die 3de dag van Mei 2026', '2026-05-03'],
    ['on March 1, 2026', '2026-03-01'],
    ['on 29 February 2028', '2028-02-29'],
  ])('%j is found', (text, value) => {
    expect(valuesOf('DATES_AND_AMOUNTS', text)).toEqual([`DATE ${value}`]);
  });

  test.each(['on 2026-02-30', 'on 31/04/2026', 'on 29 February 2027', 'section 12.5.2 of 2019', 'in March 2026', 'version 1.2.20261', 'Act 4 of 2019', '12026-03-01'])('%j holds none', (text) => {
    expect(valuesOf('DATES_AND_AMOUNTS', text)).toEqual([]);
  });
});

describe('amounts', () => {
  test.each([
    ['rent of N$ 45 000.00 a month', 'NAD 45000.00'],
    ['rent of N$45,000', 'NAD 45000.00'],
    ['NAD 1 234,56', 'NAD 1234.56'],
    ['R1 500.00 per month', 'ZAR 1500.00'],
    ['R 2,000,000', 'ZAR 2000000.00'],
    ['ZAR 100', 'ZAR 100.00'],
    ['US$ 5.50', 'USD 5.50'],
    ['€ 12,50', 'EUR 12.50'],
    ['N$ 5.', 'NAD 5.00'],
  ])('%j is found', (text, value) => {
    expect(valuesOf('DATES_AND_AMOUNTS', text)).toEqual([`AMOUNT ${value}`]);
  });

  test.each(['form R 5', 'row R12', '$ 100', 'PAR 100', 'N$ many', `N$ ${'123 '.repeat(9)}`])('%j holds none', (text) => {
    expect(valuesOf('DATES_AND_AMOUNTS', text)).toEqual([]);
  });
});

describe('contacts and parties', () => {
  test.each([
    ['Write to Maria.N@Example.com.na.', 'EMAIL maria.n@example.com.na'],
    ['Tel: +264 81 123 4567', 'PHONE +264811234567'],
    ['Tel: +264 (0)61 123 456', 'PHONE +26461123456'],
    ['Tel: 061 123 456', 'PHONE +26461123456'],
    ['Cell: 081-123-4567', 'PHONE +264811234567'],
    ['between Kalahari Legal (Pty) Ltd of Windhoek', 'COMPANY Kalahari Legal (Pty) Ltd'],
    ['and Oshana Traders CC, whose', 'COMPANY Oshana Traders CC'],
    ['by Bank of Namibia Holdings Limited', 'COMPANY Bank of Namibia Holdings Limited'],
    ['(hereinafter referred to as “the Lessor”)', 'PARTY hereinafter referred to as “the Lessor”'],
    ['(the "Lessee")', 'PARTY (the "Lessee")'],
    ['(hierna genoem "die Huurder")', 'PARTY hierna genoem "die Huurder"'],
  ])('%j is found', (text, expected) => {
    expect(valuesOf('CONTACTS_AND_PARTIES', text)).toEqual([expected]);
  });

  test.each(['at 10 @ N$5', 'a limited company', 'account 0621234567890', 'he said "no"'])('%j holds none', (text) => {
    expect(valuesOf('CONTACTS_AND_PARTIES', text)).toEqual([]);
  });
});

describe('signature lines', () => {
  test('are lines with a blank and a word that says what for', () => {
    const text = 'The parties sign.\nSignature: ____________\nWitness 1 ...............\n______\nHandtekening: ________\nContents ........ 3';
    expect(find('SIGNATURE_LINES', text).map((finding) => finding.text)).toEqual(['Signature: ____________', 'Witness 1 ...............', 'Handtekening: ________']);
  });
});

describe('findings', () => {
  test('stand in reading order with their places', () => {
    const findings = find('DATES_AND_AMOUNTS', 'Pay N$ 100 by 2026-03-01.', '', 'Then R 2,500.');
    expect(findings.map(({ kind, page, offset }) => [kind, page, offset])).toEqual([['AMOUNT', 1, 4], ['DATE', 1, 14], ['AMOUNT', 3, 5]]);
    expect(findings[0]!.text).toBe('N$ 100');
  });

  test('are five hundred at most, and the rest is counted', () => {
    const result = readText('DATES_AND_AMOUNTS', Array.from({ length: 10 }, () => 'N$ 1, '.repeat(60)));
    expect(result).toMatchObject({ findings: { length: MAX_FINDINGS }, findingsOmitted: 100 });
  });

  test('hold only characters that a database takes', () => {
    const [finding] = find('SIGNATURE_LINES', `Sign\0here \ud800 ____${'x'.repeat(178)}😀😀`);
    expect(finding!.text).not.toContain('\0');
    expect(finding!.text.isWellFormed()).toBe(true);
  });

  test.each(['_'.repeat(50_000), `${'_'.repeat(1000)}x`.repeat(49), 'A'.repeat(50_000), 'Aa '.repeat(16_000), '1 000'.repeat(10_000), 'a@'.repeat(25_000), '+1 '.repeat(16_000), '"'.repeat(50_000), '(the '.repeat(10_000)])(
    'are looked for in a page of %.12s… without going over it again and again',
    (page) => {
      // A pattern that backtracks would not come back within the time that a test has.
      for (const kind of rulesModel.kinds) expect(readText(kind, [page])).toBeTypeOf('object');
    },
  );
});

const ENGLISH = 'The tenant shall pay the rent to the landlord on the first day of each month. The rent is due in advance and shall not be withheld for any reason. If the tenant fails to pay the rent, the landlord may cancel this lease by written notice.';
const AFRIKAANS = 'Die huurder moet die huur op die eerste dag van elke maand aan die verhuurder betaal. Die huur is vooruit betaalbaar en mag nie vir enige rede teruggehou word nie. As die huurder nie betaal nie, kan die verhuurder hierdie kontrak deur kennisgewing beëindig.';
const GERMAN = 'Der Mieter zahlt die Miete am ersten Tag des Monats an den Vermieter. Die Miete ist im Voraus zu zahlen und darf nicht einbehalten werden. Wenn der Mieter die Miete nicht zahlt, kann der Vermieter den Vertrag durch eine schriftliche Mitteilung mit sofortiger Wirkung kündigen.';
const measure = (...pages: string[]) => (readText('TEXT_STATISTICS', pages) as { statistics: Statistics }).statistics;

describe('statistics', () => {
  test('count what is there', () => {
    expect(measure('One two. Three four five!', '  \n')).toEqual({ pages: 2, emptyPages: 1, characters: 21, words: 5, sentences: 2, language: null, readabilityIndex: null });
    expect(measure()).toMatchObject({ pages: 0, words: 0, sentences: 0 });
    expect(measure('no full stop')).toMatchObject({ sentences: 1 });
  });

  test.each([
    ['en', ENGLISH],
    ['af', AFRIKAANS],
    ['de', GERMAN],
    [null, 'Omukalimo oku na okufuta efuto lye tango mesiku lyotete. '.repeat(8)],
    [null, 'The tenant shall pay.'],
  ])('name the language %s only where its words tell', (language, text) => {
    expect(measure(text).language).toBe(language);
  });

  test('reckon readability as its formula says, for English alone', () => {
    // 4.71 × 187 letters / 47 words + 0.5 × 47 words / 3 sentences − 21.43
    expect(measure(ENGLISH)).toMatchObject({ words: 47, sentences: 3, readabilityIndex: 5.1 });
    expect(measure(AFRIKAANS).readabilityIndex).toBeNull();
  });
});

test('key terms are the phrases said most, with their pages', () => {
  const { keyTerms } = readText('KEY_TERMS', ['The monthly rent is due. The monthly rent and the deposit.', 'A deposit; the monthly rent of the premises.']) as { keyTerms: KeyTerm[] };
  expect(keyTerms).toEqual([
    { term: 'monthly rent', count: 3, pages: [1, 2] },
    { term: 'deposit', count: 2, pages: [1, 2] },
    { term: 'due', count: 1, pages: [1] },
    { term: 'premises', count: 1, pages: [2] },
  ]);
});

test('a job that begins again finds its analysis begun, and a completed one is not touched', () => {
  expect(statusesBefore('begin')).toEqual(['PENDING', 'PROCESSING']);
  expect(statusesBefore('complete')).toEqual(['PROCESSING']);
  expect(statusesBefore('retry')).toEqual(['FAILED']);
});
