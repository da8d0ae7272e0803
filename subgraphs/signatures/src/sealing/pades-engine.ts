import { PdfRefusal, signPdf, SigningFailure, type Signer } from '@buffrsign/pades';
import { loadOrCreateTestTrust, sealSigner } from '@buffrsign/pades/test-trust';
import { refusedCharacters, StampRefusal, stampPdf } from '@buffrsign/stamp';
import { X509Certificate } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import { SealingFailure, type Revision, type SealingEngine } from './engine.ts';
import { platformSealName } from './names.ts';

const KEYS_UNUSABLE = 'The keys or certificates of the platform’s seal cannot be used right now.';
/** A small file may claim any size, and decoding takes time while somebody waits. */
const MAX_PIXELS = 1_000_000;

const blankPdf = async (): Promise<Uint8Array> => {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.addPage([100, 100]);
  return document.save();
};

/** What the packages say of a PDF may be shown; what they say of keys names folders and stays inside. */
const failure = (error: unknown): SealingFailure => {
  if (error instanceof StampRefusal || error instanceof PdfRefusal) return new SealingFailure('DOCUMENT_UNUSABLE', error.message, { cause: error });
  if (error instanceof SealingFailure) return error;
  return new SealingFailure('KEYS_UNUSABLE', KEYS_UNUSABLE, { cause: error });
};

/** Width and height as the header of a PNG claims them (PNG 1.2, 11.2.2). */
const pixelsOf = (png: Uint8Array): number => {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return png.length < 24 ? 0 : view.getUint32(16) * view.getUint32(20);
};

/** Seals with PAdES baseline signatures (ETSI EN 319 142-1), by the embedded TEST authority in a folder. */
export const createPadesEngine = ({ trustDirectory, now }: { readonly trustDirectory: string; readonly now: () => Date }): SealingEngine => {
  let blank: Promise<Uint8Array> | undefined;
  const signerOf = async (): Promise<Signer> => sealSigner(await loadOrCreateTestTrust(trustDirectory, { now: now() }));
  const orFailure = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw failure(error);
    }
  };
  const revisionOf = (pdf: Uint8Array, signer: Signer): Revision => {
    const { serialNumber, subject } = new X509Certificate(signer.certificate);
    return { pdf, level: 'B_B', timestamp: null, certificate: { der: signer.certificate, serialNumber, subject } };
  };
  return {
    check: () => orFailure(async () => void (await signPdf(await (blank ??= blankPdf()), { signer: await signerOf(), signedAt: now() }))),
    refusedText: refusedCharacters,
    async refusedDrawing(png) {
      if (pixelsOf(png) > MAX_PIXELS) return `A drawing has at most ${MAX_PIXELS} pixels.`;
      try {
        // The very code that will draw it decides whether it can be drawn.
        await stampPdf(await (blank ??= blankPdf()), [{ kind: 'signature', page: 1, rectangle: { x: 0, y: 0, width: 1, height: 1 }, png }]);
        return null;
      } catch {
        return 'The drawing is no PNG that can be read. Draw it again.';
      }
    },
    assertAppendable: (pdf) => orFailure(async () => void (await signPdf(pdf, { signer: await signerOf(), signedAt: now() }))),
    layOut: (pdf) => orFailure(() => stampPdf(pdf, [])),
    seal: (pdf, envelopeId, terms) =>
      orFailure(async () => {
        const signer = await signerOf();
        return revisionOf(await signPdf(pdf, { signer, signedAt: terms.now, certify: 2, fieldName: platformSealName, reason: `Envelope ${envelopeId}` }), signer);
      }),
    sign: (pdf, act) =>
      orFailure(async () => {
        const signer = await signerOf();
        return revisionOf(await signPdf(pdf, { signer, signedAt: act.signedAt, fieldName: act.newField, name: act.name }), signer);
      }),
    extend: () => Promise.reject(new SigningFailure('INVALID_OPTION', 'not yet')),
    archive: () => Promise.reject(new SigningFailure('INVALID_OPTION', 'not yet')),
  };
};
