import type { PDFDocument, PDFPage } from 'pdf-lib';
import { assertDrawable, type StampField } from './fields.ts';
import { Canvas } from './pdf/canvas.ts';
import { drawField } from './pdf/draw-field.ts';
import { loadUnsigned, unreadable } from './pdf/load.ts';
import { Materials } from './pdf/materials.ts';
import { frameOf, toFrame } from './pdf/page-frame.ts';
import { StampRefusal } from './refusal.ts';

/**
 * Draws the values of fields onto the pages of an unsigned PDF. The document is written anew, so this comes
 * before any signature; form fields, annotations, attachments and metadata stay as they are.
 * All fields are checked first: either all are drawn or the PDF is refused.
 *
 * @returns A new PDF, always written anew, also when there is no field.
 * @throws {StampRefusal}
 */
export async function stampPdf(pdf: Uint8Array, fields: readonly StampField[]): Promise<Uint8Array> {
  const { document, pages } = await loadUnsigned(pdf);
  assertDrawable(fields, pages.length);
  try {
    const materials = await Materials.for(document);
    await drawFields(pages, fields, materials);
    materials.fonts.embed();
    return await write(document, pdf);
  } catch (cause) {
    // The library meets damage only where it looks, which may be as late as here.
    throw cause instanceof StampRefusal ? cause : unreadable(cause);
  }
}

/** Draws fields that were checked, each into its rectangle and, by a clip, nowhere else. */
export async function drawFields(pages: readonly PDFPage[], fields: readonly StampField[], materials: Materials): Promise<void> {
  const canvases = new Map<PDFPage, Canvas>();
  for (const [index, field] of fields.entries()) {
    const page = pages[field.page - 1];
    if (!page) continue;
    const canvas = canvases.get(page) ?? new Canvas(page, materials.fonts);
    canvases.set(page, canvas);
    const frame = frameOf(page);
    const box = toFrame(frame, field.rectangle);
    const image = 'png' in field ? await materials.image(field.png, index) : undefined;
    const { pointsPerUnit } = frame;
    canvas.within(frame.matrix, box, () => drawField(field, box, { canvas, image, pointsPerUnit, typesetter: materials.typesetter }));
  }
}

/** Writes a document anew, in the way of the file it was read from. */
export function write(document: PDFDocument, original: Uint8Array): Promise<Uint8Array> {
  return document.save({ useObjectStreams: allowsObjectStreams(original), updateFieldAppearances: false, addDefaultPage: false });
}

/** Object streams came with PDF 1.5; a file that claims less, such as PDF/A-1, must not get any. */
function allowsObjectStreams(pdf: Uint8Array): boolean {
  const version = /%PDF-(\d)\.(\d)/.exec(Buffer.from(pdf.subarray(0, 1024)).toString('latin1'));
  return version !== null && Number(version[1]) * 10 + Number(version[2]) >= 15;
}
