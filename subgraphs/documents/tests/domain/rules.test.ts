import { describe, expect, test } from 'vitest';
import { downloadName } from '../../src/domain/document.ts';
import { thumbnailWidth } from '../../src/domain/thumbnail-width.ts';
import { INSPECTION_ATTEMPTS, verdictOf, verdictOnLostFile } from '../../src/domain/verdict.ts';
import { refuse, REFUSALS, type RefusalCode } from '../../src/pdf/refusal.ts';

describe('the verdict on a file', () => {
  test('is ready when it could be prepared', () => {
    expect(verdictOf({ ok: true }, 1)).toEqual({ kind: 'ready' });
  });

  test.each(Object.keys(REFUSALS).filter((code) => code !== 'INTERRUPTED' && code !== 'NO_SUCH_PAGE') as RefusalCode[])('%s is final at the first attempt', (code) => {
    expect(verdictOf(refuse(code), 1)).toEqual({ kind: 'refused', code, message: REFUSALS[code] });
  });

  test.each([1, INSPECTION_ATTEMPTS - 1])('waits for another attempt when attempt %i was interrupted or found no file', (attempt) => {
    expect([verdictOf(refuse('INTERRUPTED'), attempt), verdictOnLostFile(attempt)]).toEqual([{ kind: 'again' }, { kind: 'again' }]);
  });

  test.each([INSPECTION_ATTEMPTS, INSPECTION_ATTEMPTS + 1])('is a refusal when attempt %i was interrupted or found no file', (attempt) => {
    expect([verdictOf(refuse('INTERRUPTED'), attempt), verdictOnLostFile(attempt)]).toMatchObject([{ code: 'TOO_COMPLEX' }, { code: 'UNREADABLE' }]);
  });
});

describe('the name of a download', () => {
  test.each([
    ['lease.pdf', 'PREPARED', 'lease.pdf'],
    ['lease.pdf', 'ORIGINAL', 'lease-original.pdf'],
    ['lease.PDF', 'SEALED', 'lease-sealed.pdf'],
    ['lease.docx', 'PREPARED', 'lease.docx.pdf'],
    ['lease', 'SEALED', 'lease-sealed.pdf'],
  ] as const)('of %s, %s, is %s…', (filename, kind, name) => {
    expect(downloadName(filename, kind)).toBe(name);
  });
});

describe('the width of an image', () => {
  test.each([[120, 120], [239, 120], [240, 240], [1000, 960], [100_000, 1600]])('for at most %i pixels is %i', (maxWidth, width) => {
    expect(thumbnailWidth(maxWidth)).toBe(width);
  });
  test.each([119, 0, -1])('for at most %i pixels is refused', (maxWidth) => {
    expect(() => thumbnailWidth(maxWidth)).toThrow('at least 120');
  });
});
