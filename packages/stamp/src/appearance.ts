import { createHash } from 'node:crypto';
import { PDFArray, PDFDocument, PDFName } from 'pdf-lib';
import { assertText, type FieldContent } from './fields.ts';
import { Canvas } from './pdf/canvas.ts';
import { drawField } from './pdf/draw-field.ts';
import { Materials } from './pdf/materials.ts';
import { RecentlyUsed } from './recently-used.ts';

/** What a field shows: a PDF of one page, which is as large as the field and has one content stream. */
export interface Appearance {
  readonly pdf: Uint8Array;
}

/** In points (1/72 inch). */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Bytes of appearances kept at most; those not used for longest go first. */
const CACHE_BYTES_MAX = 8 * 1024 * 1024;
const cache = new RecentlyUsed<Appearance>(CACHE_BYTES_MAX);

/** Draws on one empty page of a size. */
export async function drawAppearance(size: Size, draw: (canvas: Canvas, materials: Materials, document: PDFDocument) => Promise<void>): Promise<Appearance> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const page = document.addPage([size.width, size.height]);
  const materials = await Materials.for(document);
  await draw(new Canvas(page, materials.fonts), materials, document);
  materials.fonts.embed();
  const contents = page.node.Contents();
  // A form XObject has one stream of content.
  if (contents instanceof PDFArray && contents.size() === 1) page.node.set(PDFName.of('Contents'), contents.get(0));
  return { pdf: await document.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false }) };
}

/** The very same object for the same content: what imports it into a document can know it by its identity. */
export async function cached(content: unknown, draw: () => Promise<Appearance>): Promise<Appearance> {
  const key = createHash('sha256').update(JSON.stringify(content)).digest('base64');
  const known = cache.get(key);
  if (known) return known;
  const appearance = await draw();
  cache.set(key, appearance, appearance.pdf.length);
  return appearance;
}

/**
 * What a filled field shows. The same content and size give the same object, for as long as it is in use.
 *
 * @param size As `fieldSizes` tells it, or any other: the content fits itself in.
 * @throws {StampRefusal} `TEXT_NOT_SHOWABLE`, `IMAGE_UNREADABLE`.
 */
export function fieldAppearance(field: FieldContent, size: Size): Promise<Appearance> {
  if ('text' in field) assertText(field.text, 0);
  const png = 'png' in field ? createHash('sha256').update(field.png).digest('hex') : undefined;
  return cached([field.kind, 'text' in field ? field.text : 'checked' in field ? field.checked : png, size.width, size.height], () =>
    drawAppearance(size, async (canvas, materials) => {
      const image = 'png' in field ? await materials.image(field.png, 0) : undefined;
      drawField(field, { left: 0, bottom: 0, ...size }, { canvas, image, typesetter: materials.typesetter, pointsPerUnit: 1 });
    }),
  );
}
