import { describe, expect, test } from 'vitest';
import type { Claim } from '../src/domain/check.ts';
import { checkDocument, stateAfter } from '../src/domain/check-document.ts';
import { fitsLuhn } from '../src/domain/check-number.ts';
import { documentModel, masked, type GivenDocument } from '../src/domain/document.ts';
import { namesAgree } from '../src/domain/names.ts';
import { ICAO_CARD, ICAO_PASSPORT, withDigits } from './documents.ts';

const today = new Date('2012-01-01');
const anna: Claim = { personName: 'Anna Maria Eriksson', dateOfBirth: new Date('1974-08-12') };
const passport: GivenDocument = { type: 'PASSPORT', mrzLines: ICAO_PASSPORT };

const verdicts = (document: GivenDocument, claim = anna, on = today) => Object.fromEntries(checkDocument(document, claim, on).results.map(({ kind, verdict }) => [kind, verdict]));
const read = (input: object) => documentModel.safeParse(input);

const changed = (position: number, by: string): GivenDocument => ({ type: 'PASSPORT', mrzLines: [ICAO_PASSPORT[0]!, ICAO_PASSPORT[1]!.slice(0, position) + by + ICAO_PASSPORT[1]!.slice(position + 1)] });

describe('the specimen of ICAO 9303', () => {
  test('of a passport has five right check digits', () => {
    expect(verdicts(passport)).toEqual({
      DOCUMENT_NUMBER_CHECK_DIGIT: 'PASSED', BIRTH_DATE_CHECK_DIGIT: 'PASSED', EXPIRY_CHECK_DIGIT: 'PASSED', PERSONAL_NUMBER_CHECK_DIGIT: 'PASSED', COMPOSITE_CHECK_DIGIT: 'PASSED',
      ISSUING_STATE: 'INCONCLUSIVE', NOT_EXPIRED: 'PASSED', BIRTH_DATE_AGREES: 'PASSED', NAME_AGREES: 'PASSED', AUTHENTICITY: 'NOT_CHECKED',
    });
  });

  test('of a card has four right check digits', () => {
    const card = verdicts({ type: 'ID_CARD', mrzLines: ICAO_CARD });
    expect(Object.entries(card).filter(([kind]) => kind.endsWith('CHECK_DIGIT')).map(([, verdict]) => verdict)).toEqual(['PASSED', 'PASSED', 'PASSED', 'PASSED']);
  });
});

describe('a passport', () => {
  test.each([
    ['its number', 0, 'M', 'DOCUMENT_NUMBER_CHECK_DIGIT'],
    ['its date of birth', 18, '3', 'BIRTH_DATE_CHECK_DIGIT'],
    ['its date of expiry', 22, '3', 'EXPIRY_CHECK_DIGIT'],
    ['its personal number', 30, '9', 'PERSONAL_NUMBER_CHECK_DIGIT'],
    ['its last digit', 43, '1', 'COMPOSITE_CHECK_DIGIT'],
  ])('fails when %s was changed', (_what, position, by, kind) => {
    const result = verdicts(changed(position, by));
    expect(result).toMatchObject({ [kind]: 'FAILED', COMPOSITE_CHECK_DIGIT: 'FAILED' });
  });

  test('of Namibia is read with the code of its state', () => {
    const lines = withDigits('P<NAMSHILONGO<<NDAPEWA', { number: 'P0123456', state: 'NAM', birth: '900214', sex: 'F', expiry: '301231' });
    const claim = { personName: 'Ndapewa Shilongo', dateOfBirth: new Date('1990-02-14') };
    const { document, results } = checkDocument({ type: 'PASSPORT', mrzLines: lines }, claim, today);
    expect(document).toEqual({ type: 'PASSPORT', maskedNumber: '•••••456', issuingState: 'NAM', expiresOn: new Date('2030-12-31') });
    expect(results.filter(({ verdict }) => verdict !== 'PASSED').map(({ kind }) => kind)).toEqual(['AUTHENTICITY']);
  });

  test.each([
    ['2012-04-15T00:00:00Z', 'PASSED'],
    ['2012-04-16T23:59:59Z', 'PASSED'],
    ['2012-04-17T00:00:00Z', 'FAILED'],
  ])('whose last day is 15 April 2012 is on %s %s: its last day counts all over the world', (now, verdict) => {
    expect(verdicts(passport, anna, new Date(now))['NOT_EXPIRED']).toBe(verdict);
  });

  test('of somebody born on another day fails, and of somebody with another name is for a person to compare', () => {
    expect(verdicts(passport, { ...anna, dateOfBirth: new Date('1974-08-13') })['BIRTH_DATE_AGREES']).toBe('FAILED');
    expect(verdicts(passport, { ...anna, personName: 'Anna Ericson' })['NAME_AGREES']).toBe('INCONCLUSIVE');
  });

  test.each([
    ['one line', { type: 'PASSPORT', mrzLines: [ICAO_PASSPORT[0]] }],
    ['lines that are too short', { type: 'PASSPORT', mrzLines: ICAO_PASSPORT.map((line) => line.slice(1)) }],
    ['other characters', { type: 'PASSPORT', mrzLines: ICAO_PASSPORT.map((line) => line.replace('<', '*')) }],
    ['the lines of a card', { type: 'PASSPORT', mrzLines: ICAO_CARD }],
    ['no lines', { type: 'PASSPORT', number: '123' }],
  ])('with %s is not read', (_what, input) => {
    expect(read(input).success).toBe(false);
  });
});

describe('a number', () => {
  const claim = { personName: 'Tangeni', dateOfBirth: new Date('1980-01-01') };
  const of = (type: 'NAMIBIAN_ID_NUMBER' | 'SOUTH_AFRICAN_ID_NUMBER', number: string) => verdicts({ type, number }, claim);

  test('of Namibia has its form and its date checked, and nothing claims more', () => {
    expect(of('NAMIBIAN_ID_NUMBER', '80010112345')).toEqual({ NUMBER_FORMAT: 'FORMAT_ONLY', BIRTH_DATE_AGREES: 'PASSED', AUTHENTICITY: 'NOT_CHECKED' });
    expect(of('NAMIBIAN_ID_NUMBER', '80023012345')).toMatchObject({ NUMBER_FORMAT: 'FAILED', BIRTH_DATE_AGREES: 'FAILED' });
  });

  test('of South Africa has its check digit checked', () => {
    expect(of('SOUTH_AFRICAN_ID_NUMBER', '8001015009087')).toEqual({ NUMBER_FORMAT: 'FORMAT_ONLY', NUMBER_CHECK_DIGIT: 'PASSED', BIRTH_DATE_AGREES: 'PASSED', AUTHENTICITY: 'NOT_CHECKED' });
    expect(of('SOUTH_AFRICAN_ID_NUMBER', '8001015009088')).toMatchObject({ NUMBER_CHECK_DIGIT: 'FAILED' });
  });

  test('has a check digit that finds every changed digit', () => {
    const number = '8001015009087';
    for (let position = 0; position < number.length; position += 1) {
      for (const digit of '0123456789') {
        if (digit !== number[position]) expect(fitsLuhn(number.slice(0, position) + digit + number.slice(position + 1))).toBe(false);
      }
    }
  });

  test.each([
    [{ type: 'NAMIBIAN_ID_NUMBER', number: '8001011234' }, false],
    [{ type: 'NAMIBIAN_ID_NUMBER', number: '8001011234X' }, false],
    [{ type: 'NAMIBIAN_ID_NUMBER', number: '800101 12 345' }, true],
    [{ type: 'SOUTH_AFRICAN_ID_NUMBER', number: '80010112345' }, false],
    [{ type: 'SOUTH_AFRICAN_ID_NUMBER' }, false],
  ])('%j is read: %s', (input, isRead) => {
    expect(read(input).success).toBe(isRead);
  });

  test('is shown with its last three characters only', () => {
    expect([masked('80010112345'), masked('12'), masked('')]).toEqual(['••••••••345', '12', '']);
  });
});

describe('checks alone', () => {
  test('reject or leave it to a person, and never verify', () => {
    expect(stateAfter(checkDocument(passport, anna, today).results)).toEqual({ state: 'REQUIRES_REVIEW', reason: null });
    expect(stateAfter(checkDocument(changed(0, 'M'), anna, today).results)).toMatchObject({ state: 'REJECTED', reason: 'The check digit does not fit the document number: it was misread, mistyped or changed.' });
  });
});

describe('names', () => {
  test.each([
    ['ANNA MARIA ERIKSSON', 'Eriksson, Anna Maria', true],
    ['JOSE NUNEZ', 'José Núñez', true],
    ['ANNA ERIKSSON', 'Anna Maria Eriksson', false],
    ['', 'Anna', false],
    ['', '', false],
  ])('%s and %s agree: %s', (one, other, agree) => {
    expect(namesAgree(one, other)).toBe(agree);
  });
});
