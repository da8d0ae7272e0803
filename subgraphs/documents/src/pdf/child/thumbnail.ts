import type { Job } from '../inspection.ts';
import { Refused } from '../refusal.ts';
import { encodePng } from './png.ts';
import { openPage, withDocument, withPage } from './pdfium.ts';

type Request = Extract<Job, { kind: 'thumbnail' }>;

/** Draws a page. The size of the image is settled before anything is drawn, so no page can ask for more memory than that. */
export function drawThumbnail(pdf: Uint8Array, { page, maxWidth, maxPixels }: Request): Promise<object> {
  return withDocument(pdf, async (document) => {
    if (!Number.isInteger(page) || page < 1 || page > document.getPageCount()) throw new Refused('NO_SUCH_PAGE');
    const size = withPage(document, page - 1, (sheet) => sheet.getOriginalSize());
    const { width, height } = imageSize(size.originalWidth, size.originalHeight, maxWidth, maxPixels);
    const { data } = await openPage(document, page - 1).render({ width, height, renderFormFields: true });
    return { ok: true, width, height, png: encodePng(data, width, height).toString('base64') };
  });
}

/** The largest whole-numbered size within both limits that keeps the page's proportions, and at least one pixel each way. */
export function imageSize(pageWidth: number, pageHeight: number, maxWidth: number, maxPixels: number): { width: number; height: number } {
  if (!(pageWidth > 0 && pageHeight > 0)) throw new Refused('BROKEN', 'the page has no visible area');
  const proportion = pageHeight / pageWidth;
  const widest = Math.min(maxWidth, Math.sqrt(maxPixels / proportion));
  const width = Math.min(Math.max(1, Math.floor(widest)), maxPixels);
  const height = Math.min(Math.max(1, Math.floor(width * proportion)), Math.floor(maxPixels / width));
  return { width, height };
}
