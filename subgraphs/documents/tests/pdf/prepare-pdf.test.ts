import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import pdfLib from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { assertLooksAlike } from '../../src/pdf/child/looks-alike.ts';
import { withDocument } from '../../src/pdf/child/pdfium.ts';
import { corpusPdf } from '../support/corpus.ts';
import * as hard from '../support/hard-pdfs.ts';
import { fileOf } from '../support/pdf-folder.ts';
import { drawn, inSandbox, prepared, refusalOf, sourceOf, strictly, textOf } from '../support/prepare.ts';

const corpus = (name: string): Promise<Buffer> => readFile(corpusPdf(name));
const isInstalled = (program: string): boolean => spawnSync('which', [program]).status === 0;
const run = (program: string, args: string[]): string => spawnSync(program, args, { encoding: 'latin1', maxBuffer: 2 ** 26 }).stdout;

const REAL: readonly [string, number, string][] = [
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
];

describe('a real document', () => {
  test.each(REAL)('%s becomes one that the strict reader takes, with all its pages and its text', async (name, pageCount, text) => {
    const { answer, pdf } = await prepared(await corpus(name));
    expect(answer.rewritten).toBe(true);
    expect(answer.prepared.pages.map(({ number }) => number)).toEqual(Array.from({ length: pageCount }, (_, index) => index + 1));
    expect(answer.prepared.pages[0]?.text).toContain(text);
    expect(strictly(pdf).xref.newest.kind).toBe('table');
  });

  test.skipIf(!isInstalled('qpdf') || !isInstalled('pdftoppm')).each(REAL)('%s looks the same to poppler, and qpdf finds no fault in it (skipped without them)', async (name) => {
    const { pdf } = await prepared(await corpus(name));
    const path = await fileOf(pdf);
    expect(run('qpdf', ['--check', path])).toContain('No syntax or stream encoding errors found');
    const picture = (file: string): string => run('pdftoppm', ['-r', '50', file]);
    expect(picture(path).length).toBeGreaterThan(10_000);
    expect(picture(path) === picture(corpusPdf(name))).toBe(true);
  });

  test('keeps what is filled into its form, its annotations, its attachment and its metadata', async () => {
    const form = await pdfLib.PDFDocument.load((await prepared(await corpus('libreoffice-form.pdf'))).pdf);
    expect(form.getForm().getTextField('First Name').getText()).toBe('Alice');
    const attached = await prepared(await corpus('with-attachment.pdf'));
    expect(attached.answer.prepared.hasAttachments).toBe(true);
    expect(sourceOf(attached.pdf)).toMatch(/\/EmbeddedFiles[^]*\/EF/);
    const annotations = (source: string): number => source.match(/\/Subtype ?\/(Text|FreeText|Highlight|Square|Link|Ink|Line|Popup)/g)?.length ?? 0;
    const annotated = await corpus('annotated_pdf.pdf');
    expect(annotations(sourceOf((await prepared(annotated)).pdf))).toBe(annotations(sourceOf(annotated)));
    expect(annotations(sourceOf(annotated))).toBeGreaterThan(0);
    expect(sourceOf((await prepared(await corpus('crazyones-pdfa.pdf'))).pdf)).toContain('pdfaid:conformance');
  });

  test('that needs a password is opened with it, and refused by name without or with another', async () => {
    const locked = await corpus('libreoffice-writer-password.pdf');
    expect([await refusalOf(locked), await refusalOf(locked, 'nonsense')]).toEqual(['PASSWORD_REQUIRED', 'PASSWORD_WRONG']);
    for (const password of ['openpassword', 'permissionpassword']) {
      const { answer, pdf } = await prepared(locked, password);
      expect(answer.removed).toEqual([{ kind: 'PROTECTION', count: 1 }]);
      expect(sourceOf(pdf)).not.toContain('/Encrypt');
      expect(await textOf(pdf)).toContain('Lorem ipsum');
    }
  });

  test('is measured as it is shown when its pages are turned', async () => {
    const { pages } = (await prepared(await corpus('habibi-rotated.pdf'))).answer.prepared;
    expect(pages.map(({ rotation }) => rotation)).toEqual([90, 180, 270, 0]);
    expect(pages.map(({ width, height }) => [width, height])).toEqual([[841.89, 595.276], [595.276, 841.89], [841.89, 595.276], [595.276, 841.89]]);
  });

  test('tells its title, its producer and what it carries', async () => {
    expect((await prepared(await corpus('google-doc-document.pdf'))).answer.original).toMatchObject({ title: 'PDF Example Document', producer: 'Skia/PDF m103 Google Docs Renderer', hasAcroForm: false });
    expect((await prepared(await corpus('libreoffice-form.pdf'))).answer.original).toMatchObject({ title: null, hasAcroForm: true });
  });

  test('prepared twice is the same both times, byte for byte', async () => {
    const once = await prepared(await corpus('pdflatex-forms.pdf'));
    const twice = await prepared(await corpus('pdflatex-forms.pdf'));
    expect(twice.pdf.equals(once.pdf)).toBe(true);
    expect((await prepared(once.pdf)).answer.removed).toEqual([]);
  });
});

describe('what acts or hides', () => {
  test('is taken out and told; the link, the attachment, the value and the still picture stay', async () => {
    const { answer, pdf } = await prepared(hard.withEverythingThatActs());
    const source = sourceOf(pdf);
    expect(source).not.toMatch(/JavaScript|Launch|\/AA|SubmitForm|Rendition|\/Sound|javascript:|\/Collection|\/Perms|ByteRange|ObjStm|\/Ref|Requirements|Screen/);
    expect(source).toMatch(/https:\/\/example\.na\//);
    expect(source).toMatch(/NextPage/);
    expect(source).toMatch(/EmbeddedFile[^]*attached/);
    expect(source).toMatch(/\/V \(Ndapewa\)/);
    expect((await drawn(pdf)).at(250 / 595, 1 - 250 / 842)).toEqual([255, 0, 0]);
    expect(Object.fromEntries(answer.removed.map(({ kind, count }) => [kind, count]))).toEqual({
      JAVASCRIPT: 4, AUTOMATIC_ACTION: 2, ACTION: 3, MULTIMEDIA: 2, HIDDEN_CONTENT: 2, PORTFOLIO: 1, USAGE_RIGHTS: 1, BROKEN_REFERENCE: 3,
    });
    expect(answer.original).toMatchObject({ hasJavaScript: true, hasAttachments: true, hasOptionalContent: true });
    expect(answer.prepared).toMatchObject({ hasJavaScript: false, hasAttachments: true, hasOptionalContent: true });
  });

  test('has no place left where somebody could define it after the signing', async () => {
    const { pdf } = await prepared(hard.withEverythingThatActs());
    const revision = strictly(pdf);
    const missing = [...sourceOf(pdf).matchAll(/(\d+) 0 R/g)].filter(([, number]) => revision.xref.find(Number(number)) === undefined);
    expect(missing).toEqual([]);
    expect(revision.xref.nextObjectNumber).toBe(Number(/\/Size (\d+)/.exec(sourceOf(pdf))![1]));
  });
});

describe('a document with two faces', () => {
  const BLUE = [0, 0, 255];

  test.each([
    ['a second object of the same number that no table lists', hard.twoFaced],
    ['an object stream among its data', hard.twoFacedInside],
  ])('by %s shows one of them, the one that is uploaded, also to who reads without the table', async (_how, make) => {
    const naive = async (pdf: Uint8Array): Promise<readonly number[]> => (await drawn(await (await pdfLib.PDFDocument.load(pdf)).save())).at(0.4, 0.7);
    expect(await naive(make())).toEqual([255, 0, 0]);
    expect((await drawn(make())).at(0.4, 0.7)).toEqual(BLUE);
    const { pdf } = await prepared(make());
    expect((await drawn(pdf)).at(0.4, 0.7)).toEqual(BLUE);
    expect(await naive(pdf)).toEqual(BLUE);
  });

  test('whose table is lost shows afterwards what it showed before', async () => {
    const broken = Buffer.from(hard.twoFaced().toString('latin1').replace(/startxref\n\d+/, 'startxref\n1'), 'latin1');
    const shown = (await drawn(broken)).at(0.4, 0.7);
    expect((await drawn((await prepared(broken)).pdf)).at(0.4, 0.7)).toEqual(shown);
  });

  test('that mending would give another one is refused', async () => {
    const [blue, red] = [hard.bluePage(), Buffer.from(hard.bluePage().toString('latin1').replace('0 0 1 rg', '1 0 0 rg'), 'latin1')];
    const words = (text: string): Buffer => hard.pageWithText(text);
    const compare = (one: Buffer, other: Buffer): Promise<void> => withDocument(one, (before) => withDocument(other, (after) => assertLooksAlike(before, after)));
    await expect(compare(blue, red)).rejects.toMatchObject({ refusal: { refusal: 'AMBIGUOUS' } });
    await expect(compare(words('N$ 1000'), words('N$ 9000'))).rejects.toMatchObject({ refusal: { refusal: 'AMBIGUOUS' } });
    await expect(compare(blue, Buffer.from(blue))).resolves.toBeUndefined();
  });
});

describe('what is taken', () => {
  test('is cropped, turned and scaled before it is measured', async () => {
    expect((await prepared(hard.croppedTurnedScaled())).answer.prepared.pages).toMatchObject([{ width: 100, height: 200, rotation: 90 }]);
  });

  test('has its text cut off at the limits, for each page and for all', async () => {
    const whole = await corpus('pdflatex-4-pages.pdf');
    const perPage = await inSandbox(whole, { maxTextPerPage: 10 });
    const inAll = await inSandbox(whole, { maxTextPerPage: 10, maxText: 15 });
    expect(perPage).toMatchObject({ prepared: { textTruncated: true, pages: Array.from({ length: 4 }, () => ({ text: expect.stringMatching(/^.{10}$/s) as string })) } });
    expect(inAll.ok && inAll.prepared.pages.map(({ text }) => text.length)).toEqual([10, 5, 0, 0]);
  });

  test('never carries text that a database refuses', async () => {
    expect((await prepared(hard.unstorableTitle())).answer.prepared.title).toBe('ab\uFFFD');
  });
});
