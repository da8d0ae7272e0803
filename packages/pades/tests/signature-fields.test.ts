import { PDFiumLibrary } from '@hyzyla/pdfium';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signPdf, signUpdate, type Appearance, type SignPdfOptions } from '../src/index.ts';
import { issueSignerCertificate } from '../src/test-trust/index.ts';
import type { PdfDict } from '../src/pdf/objects.ts';
import { Revision } from '../src/pdf/revision.ts';
import { classicPdf, hybridPdf, stream, streamPdf } from './support/fixtures.ts';
import { appearancePdf, formBodies } from './support/form-fixture.ts';
import { signaturesOf, text } from './support/signature.ts';
import { Workshop, describeWith, run } from './support/tools.ts';
import { NOW, freshSeal } from './support/trust.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

let seal: Awaited<ReturnType<typeof freshSeal>>;
let options: SignPdfOptions;
let appearance: Appearance;
beforeAll(async () => {
  seal = await freshSeal();
  options = { signer: seal.signer, signedAt: NOW };
  appearance = { pdf: appearancePdf() };
});

const kinds = [
  ['classic', classicPdf],
  ['stream', streamPdf],
  ['hybrid', hybridPdf],
] as const;

const object = (revision: Revision, number: number): PdfDict => revision.dict({ type: 'reference', number, generation: 0 }, 'an object');
const everything = (): SignPdfOptions => ({
  ...options,
  fieldName: 'signer_1',
  appearance,
  fill: [
    { fieldName: 'field_a', value: 'Ærlig (tale)', appearance },
    { fieldName: 'field_b', value: 'محمد', appearance },
  ],
});

describe('An empty signature field', () => {
  it.each(kinds)('of a %s file takes the signature, its appearance and the values signed with it in one revision', async (_, make) => {
    const pdf = make(formBodies());
    const signed = await signPdf(pdf, everything());
    expect(signed.subarray(0, pdf.length)).toEqual(pdf);
    const revision = new Revision(signed);
    const [signer, a, b, widget] = [5, 6, 7, 8].map((number) => object(revision, number)) as [PdfDict, PdfDict, PdfDict, PdfDict];
    expect(revision.resolve(signer.entries.get('V')).type).toBe('dict');
    expect([text(a, 'V'), text(b, 'V')]).toEqual(['Ærlig (tale)', 'محمد']);
    for (const shown of [signer, a, widget]) {
      const normal = revision.dict(shown.entries.get('AP'), '/AP').entries.get('N');
      expect(revision.resolve(normal).type).toBe('stream');
    }
    expect(b.entries.has('AP')).toBe(false);
    // Catalog, form, page and the field that is not concerned stay as they were.
    const before = new Revision(pdf);
    for (const number of [1, 2, 3, 9, 10]) expect(object(revision, number)).toEqual(object(before, number));
  });

  it('is found by its fully qualified name', async () => {
    const signed = await signPdf(classicPdf(formBodies()), { ...options, fieldName: 'group.second', appearance });
    expect(object(new Revision(signed), 10).entries.has('V')).toBe(true);
  });

  it('passes its lock on to the signature, after the certification where there is one', async () => {
    const { bytes, fieldName } = await signUpdate(classicPdf(formBodies()), { ...options, fieldName: 'signer_1', certify: 2 });
    expect(fieldName).toBe('signer_1');
    expect(bytes.toString('latin1').replace(/\s+/g, ' ')).toContain(
      '/Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P 2 /V /1.2>>>> ' +
        '<</Type /SigRef /TransformMethod /FieldMDP /TransformParams <</Type /TransformParams /Action /Include /Fields [(field_a) (field_b)] /V /1.2>> /Data 1 0 R>>]',
    );
  });

  it('of the same appearance shares its objects with other fields, and reads them once', async () => {
    const one = await signUpdate(classicPdf(formBodies()), { ...everything(), fill: [] });
    const three = await signUpdate(classicPdf(formBodies()), everything());
    expect(three.bytes.toString('latin1').match(/\/Subtype \/Form/g)).toHaveLength(2);
    expect(one.bytes.toString('latin1').match(/\/Subtype \/Form/g)).toHaveLength(2);
    const kept: Appearance = { pdf: appearancePdf() };
    const first = await signUpdate(classicPdf(formBodies()), { ...everything(), appearance: kept });
    kept.pdf.fill(0);
    const second = await signUpdate(classicPdf(formBodies()), { ...everything(), appearance: kept });
    expect(second.bytes.length).toBe(first.bytes.length);
  });

  it('shows nothing that a later revision could define', async () => {
    const { bytes } = await signUpdate(classicPdf(formBodies()), everything());
    expect(bytes.toString('latin1')).toContain('/Gone null');
  });
});

describe('Signing refuses', () => {
  const refuses = (change: Partial<SignPdfOptions>, code: string, bodies = formBodies()) => async () => {
    await expect(signPdf(classicPdf(bodies), { ...options, ...change })).rejects.toMatchObject({ code });
  };
  const fill = (fieldName: string) => ({ fill: [{ fieldName, value: 'x' }] });

  it('a new field whose name holds a period', refuses({ fieldName: 'group.third' }, 'INVALID_OPTION'));
  it('a field of another type', refuses({ fieldName: 'field_a' }, 'FIELD_NAME_TAKEN'));
  it('a field that is only a group of others', refuses({ fieldName: 'group' }, 'FIELD_NAME_TAKEN'));
  it('to fill what is not there', refuses(fill('field_c'), 'FIELD_NOT_FOUND'));
  it('to fill a signature field with text', refuses(fill('signer_1'), 'FIELD_NOT_USABLE'));
  it('to fill a field twice', refuses({ fill: [...fill('field_a').fill, ...fill('field_a').fill] }, 'INVALID_OPTION'));
  it('to overwrite a value', refuses(fill('field_a'), 'FIELD_HAS_VALUE', { ...formBodies(), 6: '<</FT /Tx /T (field_a) /V (kept) /Subtype /Widget>>' }));
  it('two fields of one name', refuses(fill('field_a'), 'FIELD_NOT_USABLE', { ...formBodies(), 10: '<</T (x) /Parent 9 0 R>>', 9: '<</FT /Tx /T (field_a)>>' }));
  it('a field with several widgets', refuses(fill('field_b'), 'FIELD_NOT_USABLE', { ...formBodies(), 7: '<</FT /Tx /T (field_b) /Kids [8 0 R 8 0 R]>>' }));
  it('a field name that hides a period in one part', refuses(fill('a.b'), 'FIELD_NOT_FOUND', { ...formBodies(), 6: '<</FT /Tx /T (a.b) /Subtype /Widget>>' }));
  it('an appearance in a new field', refuses({ fieldName: 'new', appearance: { pdf: appearancePdf() } }, 'INVALID_OPTION'));
  it('an appearance that is no PDF', refuses({ fieldName: 'signer_1', appearance: { pdf: Buffer.from('PNG') } }, 'APPEARANCE_UNUSABLE'));
  it('an appearance of several pages', async () => {
    const pdf = classicPdf({ 1: '<</Type /Catalog /Pages 2 0 R>>', 2: '<</Type /Pages /Kids [3 0 R 3 0 R]>>', 3: '<</Type /Page /MediaBox [0 0 1 1]>>' });
    await refuses({ fieldName: 'signer_1', appearance: { pdf } }, 'APPEARANCE_UNUSABLE')();
  });
  it('an appearance that fetches its picture from elsewhere', async () => {
    const page = '<</Type /Page /MediaBox [0 0 9 9] /Resources <</XObject <</A 4 0 R>>>>>>';
    const pdf = classicPdf({ 1: '<</Type /Catalog /Pages 2 0 R>>', 2: '<</Type /Pages /Kids [3 0 R]>>', 3: page, 4: stream('/F (http://192.0.2.1/)', 'x') });
    await refuses({ fieldName: 'signer_1', appearance: { pdf } }, 'APPEARANCE_UNUSABLE')();
  });
  it('an appearance in a field without area', refuses(
    { fieldName: 'signer_1', appearance: { pdf: appearancePdf() } }, 'INVALID_OPTION', { ...formBodies(), 5: '<</FT /Sig /T (signer_1) /Rect [0 0 0 0] /Subtype /Widget>>' },
  ));
  it('a lock that says nothing', refuses({ fieldName: 'signer_1' }, 'DAMAGED', formBodies({ lock: '' })));

  it('to sign a field again', async () => {
    const once = await signPdf(classicPdf(formBodies()), { ...options, fieldName: 'signer_1' });
    await expect(signPdf(once, { ...options, fieldName: 'signer_1' })).rejects.toMatchObject({ code: 'FIELD_NAME_TAKEN' });
  });

  it.each([
    ['/Action /Include /Fields [(field_a) (group)]', ['field_a', 'group.second'], ['field_b']],
    ['/Action /Exclude /Fields [(field_a)]', ['field_b', 'group.second'], ['field_a']],
    ['/Action /All', ['field_a', 'field_b'], []],
  ])('fields that an earlier signature locked by %s, and fills the others', async (lock, locked, open) => {
    const once = await signPdf(classicPdf(formBodies({ lock })), { ...options, fieldName: 'signer_1' });
    const attempt = (field: string) => signPdf(once, field.startsWith('group') ? { ...options, fieldName: field } : { ...options, ...fill(field) });
    for (const field of locked) await expect(attempt(field)).rejects.toMatchObject({ code: 'FIELD_LOCKED', message: expect.stringContaining(`"${field}"`) });
    for (const field of open) expect(signaturesOf(await attempt(field)).length).toBeGreaterThan(1);
  });

  it('to change a document whose signed lock permits nothing more', async () => {
    const once = await signPdf(classicPdf(formBodies({ lock: '/Action /All /P 1' })), { ...options, fieldName: 'signer_1' });
    await expect(signPdf(once, options)).rejects.toMatchObject({ code: 'CHANGES_NOT_PERMITTED' });
  });
});

type Pixel = (x: number, y: number) => string;

async function rendered(pdf: Uint8Array): Promise<{ pixel: Pixel; width: number; height: number }> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const { data, width, height } = await document.getPage(0).render({ scale: 1, render: 'bitmap', renderFormFields: true });
    const copy = Uint8Array.from(data);
    document.destroy();
    const names: Record<string, string> = { '255,0,0': 'red', '0,255,0': 'green', '255,255,255': 'white' };
    return { width, height, pixel: (x, y) => names[copy.subarray((y * width + x) * 4, (y * width + x) * 4 + 3).join(',')] ?? 'other' };
  } finally {
    library.destroy();
  }
}

/** Corners of a rectangle of the page, in pixels of the rotated picture. */
function shown([x0, y0, x1, y1]: readonly [number, number, number, number], rotate: number): { left: number; top: number; right: number; bottom: number } {
  if (rotate === 90) return { left: y0, top: x0, right: y1, bottom: x1 };
  if (rotate === 180) return { left: 300 - x1, top: y0, right: 300 - x0, bottom: y1 };
  if (rotate === 270) return { left: 200 - y1, top: 300 - x1, right: 200 - y0, bottom: 300 - x0 };
  return { left: x0, top: 200 - y1, right: x1, bottom: 200 - y0 };
}

describe('What a field shows', () => {
  it.each([0, 90, 180, 270])('stands upright on a page turned by %i degrees', async (rotate) => {
    const { pixel } = await rendered(await signPdf(classicPdf(formBodies({ rotate })), everything()));
    for (const rectangle of [[40, 40, 140, 90], [160, 40, 260, 90], [160, 120, 260, 170]] as const) {
      const { left, top, right, bottom } = shown(rectangle, rotate);
      const at = (x: number, y: number): string => pixel(Math.round(left + x * (right - left)), Math.round(top + y * (bottom - top)));
      // As a person sees it: red on the left, green above right, nothing below right, nothing outside.
      expect([at(0.25, 0.25), at(0.25, 0.75), at(0.75, 0.25), at(0.75, 0.75)]).toEqual(['red', 'red', 'green', 'white']);
      expect([at(-0.1, 0.5), at(1.1, 0.5), at(0.25, 1.15)]).toEqual(['white', 'white', 'white']);
    }
  });

  describeWith(['pdftoppm'], 'for poppler', () => {
    it('is the same', async () => {
      const base = workshop.file('', 'render');
      const signed = workshop.file(await signPdf(classicPdf(formBodies({ rotate: 90 })), everything()));
      expect(run('pdftoppm', ['-singlefile', '-r', '72', signed, base]).code).toBe(0);
      const ppm = workshop.read(`${base}.ppm`);
      const pixels = ppm.subarray(ppm.length - 200 * 300 * 3);
      const at = (x: number, y: number): number[] => [...pixels.subarray((y * 200 + x) * 3, (y * 200 + x) * 3 + 3)];
      // The first field lies at 40…90 across and 40…140 down.
      expect([at(50, 60), at(50, 120), at(75, 60), at(75, 120)]).toEqual([[255, 0, 0], [255, 0, 0], [0, 255, 0], [255, 255, 255]]);
    });
  });
});

describe('A certification and two signers, each with a certificate of their own, in fields made before', () => {
  const sequence = async (make: typeof classicPdf): Promise<Uint8Array> => {
    const signer = (name: string) => issueSignerCertificate(seal.trust, { name, email: 'signer@example.org', now: NOW });
    let pdf: Uint8Array = make(formBodies({ rotate: 90 }));
    pdf = await signPdf(pdf, { ...options, fieldName: 'platform_seal', certify: 2 });
    pdf = await signPdf(pdf, { ...everything(), signer: await signer('Ouma Käthe Ω') });
    return signPdf(pdf, { ...options, signer: await signer('Petrus, O=Somebody else'), fieldName: 'group.second', appearance });
  };

  // Poppler finds no pages in hybrid files, signed or not.
  describeWith(['pdfsig', 'certutil'], 'for pdfsig', () => {
    it.each(kinds.slice(0, 2))('stay valid and trusted in a %s file', async (_, make) => {
      const output = workshop.pdfsig(await sequence(make), seal.rootPem);
      expect(output.match(/Signature is Valid\./g)).toHaveLength(3);
      expect(output.match(/Certificate is Trusted\./g)).toHaveLength(3);
      expect(output).toContain('OU=TEST certificate (not for real use)');
      // The name is one value: it cannot add attributes to the subject.
      expect(output).toMatch(/Common Name: Petrus, O=Somebody else/);
    });
  });

  describeWith(['qpdf'], 'for qpdf', () => {
    it.each(kinds)('leave a %s file without faults', async (_, make) => {
      const { code, output } = run('qpdf', ['--check', workshop.file(await sequence(make))]);
      expect([code, output]).toEqual([0, expect.stringContaining('No syntax or stream encoding errors found')]);
    });
  });
});
