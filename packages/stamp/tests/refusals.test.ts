import { beforeAll, describe, expect, it } from 'vitest';
import { signPdf } from '@buffrsign/pades';
import { createTestTrust, sealSigner } from '@buffrsign/pades/test-trust';
import { ENCRYPTED_FILE, corpusFile, corpusFolder } from '../../pades/tests/support/corpus.ts';
import { ONE_PAGE, classicPdf } from '../../pades/tests/support/fixtures.ts';
import { StampRefusal, canShow, refusedCharacters, stampPdf, type StampField, type StampRefusalCode } from '../src/index.ts';
import { png, quartersPng } from './support/png.ts';

const rectangle = { x: 0.1, y: 0.1, width: 0.3, height: 0.1 };
const date: StampField = { kind: 'date', page: 1, rectangle, text: '2026-01-31' };

async function refusal(pdf: Uint8Array, field: StampField = date): Promise<StampRefusal> {
  const outcome = await stampPdf(pdf, [date, field]).catch((error: unknown) => error);
  if (outcome instanceof StampRefusal) return outcome;
  throw new Error('The PDF was stamped, or another error came.', { cause: outcome });
}

describe('stampPdf refuses', () => {
  const fields: readonly (readonly [string, StampField, StampRefusalCode])[] = [
    ['a page that is not there', { ...date, page: 2 }, 'PAGE_NOT_FOUND'],
    ['page 0', { ...date, page: 0 }, 'PAGE_NOT_FOUND'],
    ['a rectangle without area', { ...date, rectangle: { ...rectangle, width: 0 } }, 'INVALID_RECTANGLE'],
    ['a rectangle beyond the edge', { ...date, rectangle: { ...rectangle, x: 0.8 } }, 'INVALID_RECTANGLE'],
    ['a rectangle that is not a number', { ...date, rectangle: { ...rectangle, y: Number.NaN } }, 'INVALID_RECTANGLE'],
    ['an image that is not a PNG', { kind: 'initials', page: 1, rectangle, png: new Uint8Array(100) }, 'IMAGE_UNREADABLE'],
    ['an image with a flipped bit', { kind: 'initials', page: 1, rectangle, png: flipped(quartersPng()) }, 'IMAGE_UNREADABLE'],
    ['an image cut short', { kind: 'initials', page: 1, rectangle, png: quartersPng().subarray(0, 60) }, 'IMAGE_UNREADABLE'],
    ['an image of a thousand million pixels', { kind: 'initials', page: 1, rectangle, png: png([[]], 40_000) }, 'IMAGE_UNREADABLE'],
  ];

  it.each(fields)('%s, naming the field', async (_, field, code) => {
    expect(await refusal(classicPdf(), field)).toMatchObject({ name: 'StampRefusal', code, field: 1 });
  });

  it('text that the fonts cannot show, with the characters', async () => {
    const field: StampField = { kind: 'text', page: 1, rectangle, text: 'a 张伟 ab 张\u0000' };
    const error = await refusal(classicPdf(), field);
    expect(error).toMatchObject({ code: 'TEXT_NOT_SHOWABLE', field: 1, characters: ['张', '伟', '\u0000'] });
    expect(error.message).toContain('"张"');
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new Uint8Array(Buffer.from('Dear sirs'))],
    ['a header alone', new Uint8Array(Buffer.from('%PDF-1.7\n'))],
    ['a page tree in a circle', classicPdf({ ...ONE_PAGE, 2: '<</Type /Pages /Kids [2 0 R] /Count 1>>' })],
    ['a document without pages', classicPdf({ ...ONE_PAGE, 2: '<</Type /Pages /Kids [] /Count 0>>' })],
    ['a page that is listed twice', classicPdf({ ...ONE_PAGE, 2: '<</Type /Pages /Kids [3 0 R 3 0 R] /Count 2>>' })],
    ['a page without a box', classicPdf({ ...ONE_PAGE, 3: '<</Type /Page /Parent 2 0 R>>' })],
    ['a page on the slant', classicPdf({ ...ONE_PAGE, 3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Rotate 45>>' })],
  ])('%s as unreadable', async (_, pdf) => {
    expect((await refusal(pdf)).code).toBe('UNREADABLE_PDF');
  });

  it.skipIf(!corpusFolder)('an encrypted file', async () => {
    expect((await refusal(corpusFile(ENCRYPTED_FILE))).code).toBe('ENCRYPTED');
  });
});

describe('A signed PDF', () => {
  let signed: Uint8Array;
  beforeAll(async () => {
    const now = new Date();
    signed = await signPdf(classicPdf(), { signer: sealSigner(await createTestTrust({ now })), signedAt: now });
  });

  it('is never written anew', async () => {
    expect((await refusal(signed)).code).toBe('ALREADY_SIGNED');
  });

  it('is recognised also when a later revision hides the signature', async () => {
    const text = Buffer.from(signed).toString('latin1');
    const [, startxref] = /startxref\n(\d+)\n%%EOF\n$/.exec(text) ?? [];
    const catalog = `1 0 obj\n${ONE_PAGE[1]}\nendobj\n`;
    const row = `${String(text.length).padStart(10, '0')} 00000 n \n`;
    const xref = `xref\n1 1\n${row}trailer\n<</Size 9 /Root 1 0 R /Prev ${startxref}>>\nstartxref\n${text.length + catalog.length}\n%%EOF\n`;
    expect((await refusal(new Uint8Array(Buffer.from(text + catalog + xref, 'latin1')))).code).toBe('ALREADY_SIGNED');
  });
});

describe('Whether a text can be shown', () => {
  it('is told while it is typed', () => {
    expect(canShow('Ndapewa Shikongo-Müller, “Gqeberha” – €5\tand\nmore')).toBe(true);
    expect(canShow('')).toBe(true);
    expect(refusedCharacters('Łukasz 张 Šafář 😀😀')).toEqual(['张', '😀']);
    expect(canShow('\ud800')).toBe(false);
  });

  it('does not depend on how accents are composed', () => {
    expect(canShow('Ju\u0308rgen')).toBe(true);
  });

  it('agrees with stamping for every character of the basic plane', async () => {
    const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(canShow);
    expect(all.length).toBeGreaterThan(4000);
    const text = all.join('\n');
    const fields: StampField[] = [
      { kind: 'text', page: 1, rectangle, text },
      { kind: 'signature', page: 1, rectangle, text },
    ];
    await expect(stampPdf(classicPdf(), fields)).resolves.toBeInstanceOf(Uint8Array);
  });
});

function flipped(image: Uint8Array): Uint8Array {
  image[50] = (image[50] ?? 0) ^ 0x04;
  return image;
}
