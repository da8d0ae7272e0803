import { describe, expect, test } from 'vitest';
import { canonicalJson, commit, newSalt, opens, parseStrictJson, TransparencyRefusal, type Json } from '../src/index.ts';

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof TransparencyRefusal) return error.code;
    throw error;
  }
  return undefined;
};

describe('canonical JSON', () => {
  test('is written as RFC 8785 says: numbers, escapes, and names in the order of their UTF-16 units', () => {
    const value = JSON.parse(String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,-0],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`) as Json;
    expect(canonicalJson(value)).toBe(String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\u000f\nA'B\"\\\\\"/"}`);
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 })).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  test.each([
    ['NaN', { a: NaN }],
    ['an infinity', [Infinity]],
    ['a lone surrogate in a text', { a: '\ud800' }],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a bigint', 1n],
    ['undefined in an object', { a: undefined }],
    ['a hole in a list', Array.from({ length: 2 }).concat(1)],
    ['a sparse list', Object.assign([], { 3: 1 })],
    ['a date', { at: new Date(0) }],
    ['a map', new Map([['a', 1]])],
    ['a function', { a: () => 1 }],
    ['a symbol', { [Symbol('a')]: 1 }],
    ['something that turns itself into something else', { toJSON: () => 'other' }],
    ['a circle', cyclic],
  ])('refuses %s instead of bending it', (_what, value) => {
    expect(codeOf(() => canonicalJson(value as Json))).toBe('NOT_CANONICAL');
  });
});

describe('JSON of a stranger', () => {
  test('is read when it is plain', () => {
    expect(parseStrictJson('{"a":[{"a":"{\\"a\\":1,"},{"a":2}],"b":{"a":"\\\\"}}', 100)).toEqual({ a: [{ a: '{"a":1,' }, { a: 2 }], b: { a: '\\' } });
  });

  test.each([
    ['says a name twice', '{"a":1,"b":{"c":[1,2]},"a":2}', 'NOT_JSON'],
    ['says a name twice, once in disguise', String.raw`{"a":1,"\u0061":2}`, 'NOT_JSON'],
    ['is cut off', '{"a":"', 'NOT_JSON'],
    ['is nested too deep', `${'['.repeat(40)}${']'.repeat(40)}`, 'TOO_LARGE'],
    ['is nested a hundred thousand deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'TOO_LARGE'],
    ['is too long', `"${'x'.repeat(200_000)}"`, 'TOO_LARGE'],
  ])('is refused when it %s', (_what, text, code) => {
    expect(codeOf(() => parseStrictJson(text, 200_001))).toBe(code);
  });

  test('takes time in proportion to its length, however its quotes are placed', () => {
    const begun = performance.now();
    expect(codeOf(() => parseStrictJson(`"${'\\"'.repeat(1_000_000)}`, 10_000_000))).toBe('NOT_JSON');
    parseStrictJson(`["${'\\"'.repeat(1_000_000)}"]`, 10_000_000);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe('a commitment', () => {
  const data = { name: 'Ndapewa', email: 'n@example.na' };
  test('opens with its data and its salt, in whatever order the data are written, and with nothing else', () => {
    const salt = newSalt();
    const commitment = commit(data, salt);
    expect(opens(commitment, { email: data.email, name: data.name }, salt)).toBe(true);
    expect(opens(commitment, { ...data, name: 'ndapewa' }, salt)).toBe(false);
    expect(opens(commitment, data, newSalt())).toBe(false);
    expect(opens(commitment, data, new Uint8Array(0))).toBe(false);
  });
  test('is another one each time, so that equal data cannot be seen to be equal', () => {
    expect(commit(data, newSalt()).equals(commit(data, newSalt()))).toBe(false);
    expect(() => commit(data, new Uint8Array(8))).toThrow(/32 bytes/);
  });
});
