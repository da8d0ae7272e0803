import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { PdfRefusal, signPdf, type PdfRefusalCode, type Signer } from '../src/index.ts';
import { ENCRYPTED_FILE, corpusFile, corpusFolder } from './support/corpus.ts';
import { ONE_PAGE, classicPdf, stream, streamPdf } from './support/fixtures.ts';
import { NOW, freshSeal } from './support/trust.ts';

let signer: Signer;
beforeAll(async () => {
  ({ signer } = await freshSeal());
});

async function refusal(pdf: Uint8Array): Promise<PdfRefusalCode | 'signed'> {
  return signPdf(pdf, { signer, signedAt: NOW }).then(
    () => 'signed' as const,
    (error: unknown) => {
      if (error instanceof PdfRefusal) return error.code;
      throw error;
    },
  );
}

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const textOf = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const startxrefOf = (pdf: Uint8Array): number => Number(/startxref\n(\d+)/.exec(textOf(pdf))?.[1]);

/** An update that only adds a trailer. */
function withTrailer(pdf: Uint8Array, entries: string): Uint8Array {
  const base = textOf(pdf);
  return bytes(`${base}xref\n0 0\ntrailer\n<</Size 5 /Root 1 0 R ${entries}>>\nstartxref\n${base.length}\n%%EOF\n`);
}

describe('The reader accepts', () => {
  it('a comment, white space and escapes wherever the grammar allows them', async () => {
    const odd = '<< % comment )>\r /Type/Catalog/Pages\n2 0 R/A(\\)()\\\\)/B<48 6>/C[ ]/D[-.5 +3 4.]/E null>>';
    expect(await refusal(classicPdf({ ...ONE_PAGE, 1: odd }))).toBe('signed');
  });

  it('rows of 19 bytes, which some writers make', async () => {
    expect(await refusal(bytes(textOf(classicPdf()).replace(/ (n|f) \n/g, ' $1\n')))).toBe('signed');
  });

  it('the last of several revisions', async () => {
    const pdf = classicPdf();
    expect(await refusal(withTrailer(pdf, `/Prev ${startxrefOf(pdf)}`))).toBe('signed');
  });
});

describe('The reader refuses, rather than repairs,', () => {
  it.each([
    ['nothing', bytes('')],
    ['text', bytes('Dear sirs, '.repeat(100))],
    ['bytes before the header', bytes(`junk\n${textOf(classicPdf())}`)],
    ['a header alone', bytes('%PDF-1.7\n')],
    ['half a file', classicPdf().subarray(0, 300)],
  ])('%s as not a PDF', async (_, pdf) => {
    expect(await refusal(pdf)).toBe('NOT_A_PDF');
  });

  it.each([
    ['bytes after the end marker', bytes(`${textOf(classicPdf())}junk`)],
    ['a wrong startxref', bytes(textOf(classicPdf()).replace(/startxref\n\d+/, 'startxref\n30'))],
    ['a startxref outside the file', bytes(textOf(classicPdf()).replace(/startxref\n\d+/, 'startxref\n999999'))],
    ['offsets that are wrong', bytes(textOf(classicPdf()).replace(/\n00000000(\d\d) 00000 n/g, '\n00000001$1 00000 n'))],
    ['revisions in a circle', withTrailer(classicPdf(), `/Prev ${classicPdf().length}`)],
    ['a catalog that is missing', classicPdf(ONE_PAGE, '<</Size 5 /Root 9 0 R>>')],
    ['a trailer without a catalog', classicPdf(ONE_PAGE, '<</Size 5>>')],
    ['a key that occurs twice', classicPdf({ ...ONE_PAGE, 1: '<</Type /Catalog /Pages 2 0 R /Pages 3 0 R>>' })],
    ['an object that does not end', classicPdf({ ...ONE_PAGE, 1: '<</Type /Catalog /Pages 2 0 R>> <<>>' })],
    ['a page tree in a circle', classicPdf({ ...ONE_PAGE, 2: '<</Type /Pages /Kids [2 0 R]>>' })],
    ['no pages', classicPdf({ ...ONE_PAGE, 2: '<</Type /Pages /Kids []>>' })],
    ['a catalog that is its own page', classicPdf({ ...ONE_PAGE, 1: '<</Type /Catalog /Pages 1 0 R>>' })],
    ['references in a circle', classicPdf({ ...ONE_PAGE, 1: '1 0 R' })],
    ['fields in a circle', classicPdf({ ...ONE_PAGE, 1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R]>>>>', 5: '<</Kids [5 0 R]>>' })],
    ['an object stream inside itself', selfContainedStream()],
  ])('%s as damaged', async (_, pdf) => {
    expect(await refusal(pdf)).toBe('DAMAGED');
  });

  it.each([
    ['arrays nested a million deep', classicPdf({ ...ONE_PAGE, 1: '['.repeat(1_000_000) })],
    ['a trailer nested too deeply', classicPdf(ONE_PAGE, '<</Size 5 /A '.repeat(1000))],
    ['an array of millions of values', classicPdf({ ...ONE_PAGE, 1: `<</Type /Catalog /Pages 2 0 R /A [${'0 '.repeat(2_000_000)}]>>` })],
    ['a size of a thousand million', classicPdf(ONE_PAGE, '<</Size 1000000000 /Root 1 0 R>>')],
    ['a cross-reference stream that expands to a gigabyte', bombPdf()],
    ['a great many fields that share one great object', wideFormPdf()],
  ])('%s as too complex', async (_, pdf) => {
    expect(await refusal(pdf)).toBe('TOO_COMPLEX');
  });

  it('a section that lists an object twice', async () => {
    const pdf = textOf(classicPdf());
    const row = /\n(\d{10} 00000 n \n)/.exec(pdf)?.[1] ?? '';
    expect(await refusal(bytes(pdf.replace('trailer', `1 1\n${row}trailer`)))).toBe('DAMAGED');
  });

  it.skipIf(!corpusFolder)('an encrypted file', async () => {
    expect(await refusal(corpusFile(ENCRYPTED_FILE))).toBe('ENCRYPTED');
  });

  it('a cross-reference stream cut short', async () => {
    expect(await refusal(bytes(textOf(streamPdf()).replace(/\/Type \/XRef \/Size \d+/, '/Type /XRef /Size 99')))).toBe('DAMAGED');
  });
});

/** An object stream whose /Length is told by one of its own members. */
function selfContainedStream(): Uint8Array {
  const text = textOf(streamPdf());
  return bytes(text.replace(/(\/Type \/ObjStm[^>]*)\/Length \d+/, '$1/Length 1 0 R'));
}

function bombPdf(): Uint8Array {
  const bomb = deflateSync(Buffer.alloc(256 * 1024 * 1024), { level: 1 }).toString('latin1');
  const head = '%PDF-1.7\n';
  const xref = `1 0 obj\n${stream('/Type /XRef /Size 2 /Root 1 0 R /W [1 4 1] /Filter /FlateDecode', bomb)}\nendobj\n`;
  return bytes(`${head}${xref}startxref\n${head.length}\n%%EOF\n`);
}

function wideFormPdf(): Uint8Array {
  const fields = Array.from({ length: 2000 }, (_, i) => [i + 10, `<</T 5 0 R /Kids [${'5 0 R '.repeat(1000)}]>>`]);
  const many = Object.fromEntries(fields) as Record<number, string>;
  const form = `/AcroForm <</Fields [${Object.keys(many).map((number) => `${number} 0 R`).join(' ')}]>>`;
  return classicPdf({ ...ONE_PAGE, 1: `<</Type /Catalog /Pages 2 0 R ${form}>>`, 5: '<<>>', ...many });
}
