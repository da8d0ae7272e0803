import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { INSPECTION_LIMITS, inspectPdf, type Inspection } from '../../src/pdf/index.ts';
import { corpusPdf } from '../support/corpus.ts';
import * as hard from '../support/hard-pdfs.ts';
import { fileOf } from '../support/pdf-folder.ts';

const LIMITS = INSPECTION_LIMITS;
const inspect = async (content: string | Uint8Array): ReturnType<typeof inspectPdf> => inspectPdf(await fileOf(content), LIMITS);

async function accepted(path: string): Promise<Inspection> {
  const inspection = await inspectPdf(path, LIMITS);
  if (!inspection.ok) throw new Error(`refused: ${inspection.refusal} ${inspection.detail}`);
  return inspection;
}

describe('a real document', () => {
  test.each([
    ['minimal-document.pdf', 1, 'Lorem ipsum dolor sit amet'],
    ['pdflatex-4-pages.pdf', 4, 'Hello, here is some text without a meaning'],
    ['multicolumn.pdf', 3, 'Two-Column Document'],
    ['google-doc-document.pdf', 1, 'Beautiful is better than ugly'],
    ['habibi.pdf', 1, 'habibi'],
    ['habibi-rotated.pdf', 4, 'habibi'],
    ['pdflatex-forms.pdf', 1, 'Submit'],
    ['libreoffice-form.pdf', 1, 'Example for a Form'],
    ['crazyones-pdfa.pdf', 1, 'The Crazy Ones'],
    ['with-attachment.pdf', 1, 'Lorem ipsum'],
    ['annotated_pdf.pdf', 1, 'Some text.'],
  ])('%s is taken with all its pages and its text', async (name, pageCount, text) => {
    const inspection = await accepted(corpusPdf(name));

    expect(inspection.pageCount).toBe(pageCount);
    expect(inspection.pages.map(({ number }) => number)).toEqual(Array.from({ length: pageCount }, (_, index) => index + 1));
    expect(inspection.pages[0]?.text).toContain(text);
    expect(inspection).toMatchObject({ textTruncated: false, hasSignatures: false });
  });

  test('that needs a password is refused', async () => {
    expect(await inspectPdf(corpusPdf('libreoffice-writer-password.pdf'), LIMITS)).toMatchObject({ ok: false, refusal: 'ENCRYPTED' });
  });

  test('is measured as it is shown when its pages are turned', async () => {
    const { pages } = await accepted(corpusPdf('habibi-rotated.pdf'));

    expect(pages.map(({ rotation }) => rotation)).toEqual([90, 180, 270, 0]);
    expect(pages.map(({ width, height }) => [width, height])).toEqual([[841.89, 595.276], [595.276, 841.89], [841.89, 595.276], [595.276, 841.89]]);
  });

  test('tells its title, its producer and what it carries', async () => {
    expect(await accepted(corpusPdf('google-doc-document.pdf'))).toMatchObject({ title: 'PDF Example Document', producer: 'Skia/PDF m103 Google Docs Renderer', hasAcroForm: false });
    expect(await accepted(corpusPdf('libreoffice-form.pdf'))).toMatchObject({ title: null, hasAcroForm: true });
    expect(await accepted(corpusPdf('with-attachment.pdf'))).toMatchObject({ hasAttachments: true, hasJavaScript: false });
  });

  test('cut in half is refused', async () => {
    const whole = await readFile(corpusPdf('multicolumn.pdf'));
    expect(await inspect(whole.subarray(0, whole.length / 2))).toMatchObject({ ok: false, refusal: 'BROKEN' });
  });

  test('whose table of objects is wrong is taken, as both engines mend it', async () => {
    const broken = Buffer.from((await readFile(corpusPdf('minimal-document.pdf'))).toString('latin1').replace(/startxref\s+\d+/, 'startxref\n1'), 'latin1');
    expect(await inspect(broken)).toMatchObject({ ok: true, pageCount: 1 });
  });
});

describe('what is taken', () => {
  test('is cropped, turned and scaled before it is measured', async () => {
    expect(await inspect(hard.croppedTurnedScaled())).toMatchObject({ ok: true, pages: [{ width: 100, height: 200, rotation: 90 }] });
  });

  test('says that it is signed, even by a signature that no form lists', async () => {
    expect(await inspect(hard.signedInPlace())).toMatchObject({ ok: true, hasSignatures: true, hasAcroForm: false });
  });

  test('says that it runs a script', async () => {
    expect(await inspect(hard.withJavaScript())).toMatchObject({ ok: true, hasJavaScript: true });
  });

  test('has its text cut off at the limits, for each page and for all', async () => {
    const path = corpusPdf('pdflatex-4-pages.pdf');
    const perPage = await inspectPdf(path, { ...LIMITS, maxTextPerPage: 10 });
    const inAll = await inspectPdf(path, { ...LIMITS, maxTextPerPage: 10, maxText: 15 });

    expect(perPage).toMatchObject({ textTruncated: true, pages: Array.from({ length: 4 }, () => ({ text: expect.stringMatching(/^.{10}$/s) as string })) });
    expect(inAll.ok && inAll.pages.map(({ text }) => text.length)).toEqual([10, 5, 0, 0]);
  });

  test('never carries text that a database refuses', async () => {
    expect(await inspect(hard.unstorableTitle())).toMatchObject({ ok: true, title: 'ab\uFFFD' });
  });
});

describe('what is not taken', () => {
  test.each([
    ['nothing at all', () => '', 'EMPTY'],
    ['plain text', () => 'Dear Sir or Madam', 'NOT_A_PDF'],
    ['a zip archive, as office documents are', () => Buffer.from('504b0304140000000800', 'hex'), 'NOT_A_PDF'],
    ['a header and nothing more', () => '%PDF-1.7\n', 'BROKEN'],
    ['a document without pages', hard.noPages, 'BROKEN'],
    ['a document its owner restricted', hard.ownerRestricted, 'ENCRYPTED'],
    ['an XFA form', hard.xfaForm, 'XFA'],
    ['a page without a size', hard.noSize, 'BROKEN'],
    ['a page cropped to nothing', hard.croppedAway, 'BROKEN'],
    ['a page turned by half a quarter', hard.slanted, 'BROKEN'],
  ])('%s', async (_what, make, refusal) => {
    expect(await inspect(make())).toMatchObject({ ok: false, refusal, message: expect.stringMatching(/\. .+\.$/) as string });
  });

  test('more pages than allowed', async () => {
    expect(await inspectPdf(corpusPdf('multicolumn.pdf'), { ...LIMITS, maxPages: 3 })).toMatchObject({ ok: true });
    expect(await inspectPdf(corpusPdf('multicolumn.pdf'), { ...LIMITS, maxPages: 2 })).toMatchObject({ ok: false, refusal: 'TOO_MANY_PAGES' });
  });

  test('more bytes than allowed', async () => {
    expect(await inspectPdf(corpusPdf('multicolumn.pdf'), { ...LIMITS, maxBytes: 1000 })).toMatchObject({ ok: false, refusal: 'TOO_LARGE' });
  });

  test('a file that is not there is the caller\'s error, not a refusal', async () => {
    await expect(inspectPdf('/nowhere/at-all.pdf', LIMITS)).rejects.toThrow('ENOENT');
  });
});

describe('a hostile document ends in a named refusal', () => {
  test.each([
    ['page content of a gigabyte', hard.flateBomb],
    ['an object stream of a gigabyte', hard.objectStreamBomb],
    ['forms that draw each other a billion times', hard.exponentialForms],
    ['a page tree that contains itself', hard.pageTreeLoop],
  ])('%s', async (_what, make) => {
    expect(await inspect(make())).toMatchObject({ ok: false, refusal: 'TOO_COMPLEX' });
  });

  test('arrays nested in the catalog deeper than any stack', async () => {
    expect(await inspect(hard.nestedInCatalog())).toMatchObject({ ok: false, refusal: 'BROKEN' });
  });
});

describe('a strange document that does no harm is taken', () => {
  test.each([
    ['a page of 350 metres', hard.hugePage],
    ['arrays nested a million deep that nobody refers to', hard.nestedUnreferenced],
    ['a page tree that claims a billion pages and has one', hard.countLie],
  ])('%s', async (_what, make) => {
    expect(await inspect(make())).toMatchObject({ ok: true, pageCount: 1 });
  });
});
