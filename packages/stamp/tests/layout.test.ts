import { signPdf } from '@buffrsign/pades';
import { issueSignerCertificate } from '@buffrsign/pades/test-trust';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRef, PDFStream, type PDFObject } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Revision } from '../../pades/src/pdf/revision.ts';
import { corpusFile, corpusFolder, readableFiles } from '../../pades/tests/support/corpus.ts';
import { ONE_PAGE, classicPdf, streamPdf } from '../../pades/tests/support/fixtures.ts';
import { Workshop, describeWith, run } from '../../pades/tests/support/tools.ts';
import { NOW, freshSeal } from '../../pades/tests/support/trust.ts';
import { certificateEntryAppearance, fieldAppearance, fieldSizes, layOutDocument, type LayoutPlan } from '../src/index.ts';
import { CERTIFICATE, ENTRY } from './support/certificate.ts';
import { formValues } from './support/form-values.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

const place = (y: number) => ({ page: 1, rectangle: { x: 0.1, y, width: 0.3, height: 0.05 } });
const PLAN: LayoutPlan = {
  drawn: [{ kind: 'text', ...place(0.1), text: 'Prefilled: 1234' }],
  fields: [
    { kind: 'signature', name: 'platform_seal', locksAllBut: ['signer_1', 'field_1', 'certificate_1', 'certificate_2'] },
    { kind: 'signature', name: 'signer_1', ...place(0.8), locks: ['field_1', 'certificate_1'], tooltip: 'Signature of Ndapewa (Shikongo)' },
    { kind: 'value', name: 'field_1', ...place(0.9), tooltip: 'تاريخ' },
  ],
  certificate: CERTIFICATE,
  language: 'en-NA',
};

let seal: Awaited<ReturnType<typeof freshSeal>>;
beforeAll(async () => {
  seal = await freshSeal();
});

function fieldsOf({ catalog }: PDFDocument): Map<string, PDFDict> {
  const fields = catalog.lookup(PDFName.of('AcroForm'), PDFDict).lookup(PDFName.of('Fields'), PDFArray);
  const dicts = Array.from({ length: fields.size() }, (_, index) => fields.lookup(index, PDFDict));
  return new Map(dicts.map((dict) => [String(dict.get(PDFName.of('T'))).slice(1, -1), dict]));
}

const load = (pdf: Uint8Array) => PDFDocument.load(pdf, { updateMetadata: false });
const entry = (dict: PDFDict | undefined, key: string): string => String(dict?.lookup(PDFName.of(key))).replaceAll('\n', ' ');

/** References of a document that lead nowhere: a later revision could define what they show. */
function dangling({ context }: PDFDocument): string[] {
  const lost = (object: PDFObject): string[] => {
    if (object instanceof PDFRef) return context.lookup(object) ? [] : [object.toString()];
    if (object instanceof PDFStream) return lost(object.dict);
    if (object instanceof PDFArray) return object.asArray().flatMap(lost);
    return object instanceof PDFDict ? object.values().flatMap(lost) : [];
  };
  return context.enumerateIndirectObjects().flatMap(([, object]) => lost(object));
}

describe('The base revision', () => {
  it('has every field empty, in its place, printed, and locked as planned', async () => {
    const document = await load(await layOutDocument(classicPdf(), PLAN));
    const fields = fieldsOf(document);
    expect([...fields.keys()]).toEqual(['platform_seal', 'signer_1', 'field_1', 'certificate_1', 'certificate_2']);
    expect([...fields.values()].filter((field) => field.has(PDFName.of('V')))).toEqual([]);
    expect([...fields.values()].map((field) => entry(field, 'F'))).toEqual(Array(5).fill('132'));
    const [sealField, signer, value] = [...fields.values()];
    expect([entry(sealField, 'FT'), entry(sealField, 'Rect')]).toEqual(['/Sig', '[ 0 0 0 0 ]']);
    expect(entry(sealField, 'Lock')).toMatch(/\/Action \/Exclude .*\(signer_1\) \(field_1\) \(certificate_1\) \(certificate_2\)/);
    expect([entry(signer, 'FT'), entry(signer, 'Rect')]).toEqual(['/Sig', '[ 30 30 120 40 ]']);
    expect(entry(signer, 'Lock')).toMatch(/\/Action \/Include .*\(field_1\) \(certificate_1\)/);
    expect(signer?.get(PDFName.of('Lock'))).toBeInstanceOf(PDFRef);
    expect([entry(value, 'FT'), Number(entry(value, 'Ff')) & 1, entry(value, 'DA')]).toEqual(['/Tx', 1, '(/Helv 0 Tf 0 g)']);
    expect(entry(value?.lookup(PDFName.of('AP'), PDFDict), 'N')).toContain('/BBox [ 0 0 90 10 ]');
    expect(entry(document.catalog, 'Lang')).toBe('(en-NA)');
    const form = document.catalog.lookup(PDFName.of('AcroForm'), PDFDict);
    expect([entry(form, 'SigFlags'), form.has(PDFName.of('NeedAppearances'))]).toEqual(['3', false]);
  });

  it('tells how large each visible field is as shown, also on a turned page with a user unit', async () => {
    const turned = classicPdf({ ...ONE_PAGE, 3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Rotate 90 /UserUnit 2 /Contents 4 0 R>>' });
    const sizes = await fieldSizes(await layOutDocument(turned, PLAN));
    expect([...sizes.keys()]).toEqual(['signer_1', 'field_1', 'certificate_1', 'certificate_2']);
    expect(sizes.get('signer_1')).toEqual({ width: 0.3 * 200 * 2, height: 0.05 * 300 * 2 });
  });

  it('is the same, byte for byte, when it is laid out again', async () => {
    const [first, second] = [await layOutDocument(classicPdf(), PLAN), await layOutDocument(classicPdf(), PLAN)];
    expect(Buffer.from(first).equals(second)).toBe(true);
  });

  it('keeps its certificate upright where the pages inherit a rotation and a crop box', async () => {
    const inherited = classicPdf({ ...ONE_PAGE, 2: '<</Type /Pages /Kids [3 0 R] /Count 1 /Rotate 90 /CropBox [20 20 200 150]>>' });
    const page = (await load(await layOutDocument(inherited, PLAN))).getPage(1);
    expect([page.getRotation().angle, page.getCropBox()]).toEqual([0, { x: 0, y: 0, width: 595.28, height: 841.89 }]);
  });

  it('shows a widget on its own page only, also when pages share their annotations', async () => {
    const shared = classicPdf({
      ...ONE_PAGE,
      2: '<</Type /Pages /Kids [3 0 R 6 0 R] /Count 2 /MediaBox [0 0 300 200]>>',
      3: '<</Type /Page /Parent 2 0 R /Annots 5 0 R>>',
      5: '[]',
      6: '<</Type /Page /Parent 2 0 R /Annots 5 0 R>>',
    });
    const document = await load(await layOutDocument(shared, { drawn: [], fields: [{ kind: 'value', name: 'field_1', ...place(0.5) }] }));
    expect(document.getPages().map(({ node }) => node.Annots()?.size())).toEqual([1, 0]);
  });
});

describe('A plan is refused', () => {
  const value = (name: string, at = place(0.5)) => ({ kind: 'value', name, ...at }) as const;
  const signature = (extra: object) => ({ kind: 'signature', name: 'signer_1', ...place(0.5), ...extra }) as const;
  const taken = classicPdf({ ...ONE_PAGE, 1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R]>>>>', 5: '<</FT /Tx /T (field_1)>>' });

  it.each([
    ['for a name with a period', classicPdf(), [value('a.b')], 'INVALID_FIELD_NAME', 0],
    ['for an empty name', classicPdf(), [value('a'), value('')], 'INVALID_FIELD_NAME', 1],
    ['for a name that it has twice', classicPdf(), [value('a'), value('a')], 'FIELD_NAME_TAKEN', 1],
    ['for a name that the document has', taken, [value('field_1')], 'FIELD_NAME_TAKEN', 0],
    ['for a page that is not there', classicPdf(), [value('a', { ...place(0.5), page: 2 })], 'PAGE_NOT_FOUND', 0],
    ['for a rectangle beyond the edge', classicPdf(), [value('a', place(0.98))], 'INVALID_RECTANGLE', 0],
    ['for a lock on a field that is not there', classicPdf(), [signature({ locks: ['field_9'] })], 'INVALID_LOCK', 0],
    ['for two kinds of lock', classicPdf(), [signature({ locks: [], locksAllBut: [] })], 'INVALID_LOCK', 0],
  ] as const)('%s', async (_, pdf, fields, code, field) => {
    await expect(layOutDocument(pdf, { drawn: [], fields })).rejects.toMatchObject({ name: 'StampRefusal', code, field });
  });

  it('for a document that is signed', async () => {
    const signed = await signPdf(classicPdf(), { signer: seal.signer, signedAt: NOW });
    await expect(layOutDocument(signed, PLAN)).rejects.toMatchObject({ code: 'ALREADY_SIGNED' });
  });
});

/** Seal and one signer, as a document lives. */
async function signedOnce(base: Uint8Array): Promise<Uint8Array> {
  const sizes = await fieldSizes(base);
  const size = (name: string) => sizes.get(name) ?? { width: 1, height: 1 };
  const sealed = await signPdf(base, { signer: seal.signer, signedAt: NOW, certify: 2, fieldName: 'platform_seal' });
  return signPdf(sealed, {
    signer: await issueSignerCertificate(seal.trust, { name: 'Ndapewa Shikongo', now: NOW }),
    signedAt: NOW,
    fieldName: 'signer_1',
    appearance: await fieldAppearance({ kind: 'signature', text: 'Ndapewa Shikongo' }, size('signer_1')),
    fill: [
      { fieldName: 'field_1', value: '2026-01-31', appearance: await fieldAppearance({ kind: 'date', text: '2026-01-31' }, size('field_1')) },
      { fieldName: 'certificate_1', value: 'x', appearance: await certificateEntryAppearance(ENTRY, size('certificate_1')) },
    ],
  });
}

const sources = [['a classic file', classicPdf()], ['a file of streams', streamPdf()], ...readableFiles.map((file) => [file, corpusFile(file)] as const)] as const;

describe.each(sources)(`Of %s${corpusFolder ? '' : ' (the corpus is not at hand)'}, the base revision`, (_, pdf) => {
  it('is read by the strict reader and refers to nothing that is not there', async () => {
    const base = await layOutDocument(pdf, PLAN);
    expect(new Revision(base).catalog.entries.has('AcroForm')).toBe(true);
    const before = dangling(await load(pdf));
    expect(dangling(await load(base)).filter((reference) => !before.includes(reference))).toEqual([]);
  });

  describeWith(['pdfsig', 'certutil', 'qpdf'], 'is accepted by foreign verifiers', () => {
    it('once it is sealed and a signer has filled in their fields', async () => {
      const signed = await signedOnce(await layOutDocument(pdf, PLAN));
      const verdict = workshop.pdfsig(signed, seal.rootPem);
      expect(verdict.match(/Signature is Valid\./g)).toHaveLength(2);
      expect(verdict.match(/Certificate is Trusted\./g)).toHaveLength(2);
      expect(run('qpdf', ['--check', workshop.file(signed)])).toMatchObject({ code: 0 });
    });
  });
});

describe.skipIf(!corpusFolder)('What a document has', () => {
  describeWith(['qpdf', 'pdfinfo', 'pdfdetach'], 'is there afterwards:', () => {
    const same = async (file: string, look: (path: string) => unknown): Promise<void> => {
      const before = look(workshop.file(corpusFile(file)));
      expect(look(workshop.file(await layOutDocument(corpusFile(file), PLAN)))).toEqual(before);
    };
    const own = new Set(['signer_1', 'field_1', 'certificate_1', 'certificate_2']);

    it.each(['libreoffice-form.pdf', 'pdflatex-forms.pdf'])('the form values of %s', async (file) => {
      expect(formValues(workshop.file(corpusFile(file)))).not.toEqual([]);
      await same(file, (path) => formValues(path).filter(([name]) => !own.has(name)));
    });

    it('the attachment of with-attachment.pdf', async () => {
      await same('with-attachment.pdf', (path) => run('pdfdetach', ['-list', path]).output);
    });

    it('the annotations of annotated_pdf.pdf', async () => {
      const annotations = async (pdf: Uint8Array) => (await load(pdf)).getPages().map(({ node }) => node.Annots()?.asArray().map(String) ?? []);
      const [before, after] = [await annotations(corpusFile('annotated_pdf.pdf')), await annotations(await layOutDocument(corpusFile('annotated_pdf.pdf'), PLAN))];
      expect(before.flat().length).toBeGreaterThan(0);
      before.forEach((references, page) => expect(after[page]).toEqual(expect.arrayContaining(references)));
    });

    it('the metadata of crazyones-pdfa.pdf, and every font of it is embedded', async () => {
      await same('crazyones-pdfa.pdf', (path) => run('pdfinfo', ['-meta', path]).output);
      const fonts = run('pdffonts', [workshop.file(await layOutDocument(corpusFile('crazyones-pdfa.pdf'), { ...PLAN, fields: [] }))]).output;
      expect(fonts).toMatch(/\+NotoSans/);
      expect(fonts.split('\n').slice(2).filter((line) => line.trim() && !/ yes +\w+ +\w+ +\d+ +\d+$/.test(line))).toEqual([]);
    });
  });
});
