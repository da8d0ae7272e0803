import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signPdf, type Signer } from '@buffrsign/pades';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFStream, type PDFObject } from 'pdf-lib';
import { corpusFile, corpusFolder, readableFiles } from '../../pades/tests/support/corpus.ts';
import { signaturesOf } from '../../pades/tests/support/signature.ts';
import { Workshop, describeWith, run } from '../../pades/tests/support/tools.ts';
import { ALGORITHMS, NOW, freshSeal } from '../../pades/tests/support/trust.ts';
import { stampPdf, type StampField } from '../src/index.ts';
import { formValues } from './support/form-values.ts';
import { quartersPng } from './support/png.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

const at = (x: number, y: number) => ({ page: 1, rectangle: { x, y, width: 0.25, height: 0.04 } });
const FIELDS: readonly StampField[] = [
  { kind: 'signature', ...at(0.1, 0.8), text: 'Ndapewa Shikongo' },
  { kind: 'initials', ...at(0.5, 0.8), png: quartersPng() },
  { kind: 'date', ...at(0.1, 0.85), text: '2026-01-31' },
  { kind: 'text', ...at(0.5, 0.85), text: 'Windhoek' },
  { kind: 'checkbox', ...at(0.1, 0.9), checked: true },
];

async function seal(file: string, signer: Signer): Promise<Uint8Array> {
  return signPdf(await stampPdf(corpusFile(file), FIELDS), { signer, signedAt: NOW, certify: 2, name: 'BuffrSign' });
}

const corpusNote = corpusFolder ? '' : ' (skipped: the corpus is not at hand)';

describe.skipIf(!corpusFolder)(`A stamped and sealed file of the corpus${corpusNote}`, () => {
  describe.each(ALGORITHMS)('with a seal of %s', (algorithm) => {
    let trust: Awaited<ReturnType<typeof freshSeal>>;
    beforeAll(async () => {
      trust = await freshSeal(algorithm);
    });

    describeWith(['pdfsig', 'certutil', 'qpdf', 'openssl'], 'is accepted by foreign verifiers:', () => {
      it.each(readableFiles)('%s', async (file) => {
        const sealed = await seal(file, trust.signer);
        const verdict = workshop.pdfsig(sealed, trust.rootPem);
        expect(verdict).toContain('Signature is Valid.');
        expect(verdict).toContain('Certificate is Trusted.');
        expect(verdict).toContain('Total document signed');
        expect(run('qpdf', ['--check', workshop.file(sealed)])).toMatchObject({ code: 0, output: expect.stringContaining('No syntax or stream encoding errors') });
        const [signature] = signaturesOf(sealed);
        if (!signature) throw new Error('There is no signature.');
        const files = ['-in', workshop.file(signature.cms, 'der'), '-content', workshop.file(signature.covered, 'bin'), '-CAfile', workshop.file(trust.rootPem, 'pem')];
        expect(run('openssl', ['cms', '-verify', '-cades', '-binary', '-purpose', 'any', '-inform', 'DER', ...files, '-out', workshop.file('', 'out')]).code).toBe(0);
      });
    });
  });

  describe('keeps what was there', () => {
    let signer: Signer;
    beforeAll(async () => {
      ({ signer } = await freshSeal());
    });

    it.each(readableFiles)('in %s: no object loses an entry, an item or a byte', async (file) => {
      const before = await PDFDocument.load(corpusFile(file), { updateMetadata: false });
      const after = await PDFDocument.load(await seal(file, signer), { updateMetadata: false });
      const lost = before.context.enumerateIndirectObjects().filter(([reference, object]) => !isKept(object, after.context.lookup(reference)));
      expect(lost.map(([reference]) => reference.toString())).toEqual([]);
      expect(after.catalog.get(PDFName.of('Pages'))).toBe(before.catalog.get(PDFName.of('Pages')));
    });

    describeWith(['qpdf', 'pdfinfo', 'pdfdetach'], 'for other programs:', () => {
      const unchanged = async (file: string, look: (path: string) => unknown): Promise<void> => {
        const original = look(workshop.file(corpusFile(file)));
        expect(look(workshop.file(await seal(file, signer)))).toEqual(original);
      };

      it.each(['libreoffice-form.pdf', 'pdflatex-forms.pdf'])('the form values of %s', async (file) => {
        expect(formValues(workshop.file(corpusFile(file)))).not.toEqual([]);
        await unchanged(file, formValues);
      });

      it('the attachment of with-attachment.pdf, byte for byte', async () => {
        await unchanged('with-attachment.pdf', (path) => {
          const target = workshop.file('', 'bin');
          expect(run('pdfdetach', ['-save', '1', '-o', target, path]).code).toBe(0);
          const attachment = workshop.read(target);
          expect(attachment.length).toBeGreaterThan(0);
          return attachment.toString('base64');
        });
      });

      it.each(readableFiles)('title, author, dates and XMP metadata of %s', async (file) => {
        await unchanged(file, (path) => run('pdfinfo', ['-meta', path]).output);
        await unchanged(file, (path) => run('pdfinfo', [path]).output.match(/^(Title|Author|Subject|Keywords|Creator|Producer|CreationDate|ModDate|Pages|Page size|Page rot|Tagged):.*$/gm));
      });
    });
  });
});

/** Entries that may be replaced, because what they hold is added to or (a length) is written in another way. */
const EXTENDED = new Set(['Annots', 'Contents', 'Resources', 'Font', 'XObject', 'ExtGState', 'AcroForm', 'Fields', 'SigFlags', 'Length']);

/** Whether all that an object said before it still says. */
function isKept(before: PDFObject, after: PDFObject | undefined): boolean {
  if (before instanceof PDFDict) return after instanceof PDFDict && before.entries().every(([key, value]) => isEntryKept(key, value, after));
  if (before instanceof PDFArray) return after instanceof PDFArray && before.asArray().every((item) => after.asArray().some((other) => String(other) === String(item)));
  if (!(before instanceof PDFStream)) return String(after) === String(before);
  return after instanceof PDFStream && isKept(before.dict, after.dict) && Buffer.from(after.getContents()).equals(before.getContents());
}

function isEntryKept(key: PDFName, value: PDFObject, after: PDFDict): boolean {
  const now = after.get(key);
  if (String(now) === String(value)) return true;
  if (!EXTENDED.has(key.decodeText())) return false;
  if (value instanceof PDFDict || value instanceof PDFArray) return isKept(value, after.lookup(key));
  return now !== undefined;
}
