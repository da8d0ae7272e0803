import { PdfRefusal, signPdf, type Signer } from '@buffrsign/pades';
import { loadOrCreateTestTrust, sealSigner } from '@buffrsign/pades/test-trust';
import { refusedCharacters, StampRefusal, stampPdf, type Mark, type StampField } from '@buffrsign/stamp';
import { PDFDocument } from 'pdf-lib';
import type { Value } from '../domain/field-values.ts';
import { SealingFailure, type PlacedValue, type SealFacts, type SealingEngine } from './engine.ts';

const KEYS_UNUSABLE = 'The keys or certificates of the platform’s seal cannot be used right now.';
/** A small file may claim any size, and decoding takes time while somebody waits. */
const MAX_PIXELS = 1_000_000;

const blankPdf = async (): Promise<Uint8Array> => {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.addPage([100, 100]);
  return document.save();
};

const markOf = (value: Value): Mark => ('drawing' in value ? { png: value.drawing } : { text: 'text' in value ? value.text : '' });

const textOf = (value: Value): string => ('text' in value ? value.text : '');

const stampFieldOf = ({ kind, page, rectangle, value }: PlacedValue): StampField => {
  const place = { page, rectangle };
  switch (kind) {
    case 'SIGNATURE':
      return { ...place, kind: 'signature', ...markOf(value) };
    case 'INITIALS':
      return { ...place, kind: 'initials', ...markOf(value) };
    case 'DATE_SIGNED':
      return { ...place, kind: 'date', text: textOf(value) };
    case 'TEXT':
      return { ...place, kind: 'text', text: textOf(value) };
    case 'CHECKBOX':
      return { ...place, kind: 'checkbox', checked: 'checked' in value && value.checked };
  }
};

/** What the packages say of a PDF may be shown; what they say of keys names folders and stays inside. */
const failure = (error: unknown): SealingFailure => new SealingFailure(error instanceof StampRefusal || error instanceof PdfRefusal ? error.message : KEYS_UNUSABLE, { cause: error });

/** Width and height as the header of a PNG claims them (PNG 1.2, 11.2.2). */
const pixelsOf = (png: Uint8Array): number => {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return png.length < 24 ? 0 : view.getUint32(16) * view.getUint32(20);
};

/** Seals with PAdES baseline B-B signatures (ETSI EN 319 142-1), by the embedded TEST authority in a folder. */
export const createPadesEngine = ({ trustDirectory, now }: { readonly trustDirectory: string; readonly now: () => Date }): SealingEngine => {
  let signer: Signer | undefined;
  let blank: Promise<Uint8Array> | undefined;

  const seal = async (pdf: Uint8Array, facts: SealFacts): Promise<Uint8Array> => {
    signer ??= sealSigner(await loadOrCreateTestTrust(trustDirectory, { now: now() }));
    // Certified, no change permitted: nothing is left to be filled in, and every later change shows.
    return signPdf(pdf, { signer, signedAt: facts.now, certify: 1, reason: `All recipients of envelope ${facts.envelopeId} have signed.` });
  };

  const sign = (pdf: Uint8Array, facts: SealFacts): Promise<Uint8Array> =>
    seal(pdf, facts).catch((error: unknown) => {
      throw failure(error);
    });

  return {
    // A signature proves more than looking at keys and certificates would.
    async check() {
      await sign(await (blank ??= blankPdf()), { envelopeId: 'check', now: now() });
    },
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
    stamp: (pdf, values) =>
      stampPdf(pdf, values.map(stampFieldOf)).catch((error: unknown) => {
        throw failure(error);
      }),
    sign,
  };
};
