import type { PDFiumDocument } from '@hyzyla/pdfium';
import { Refused } from '../refusal.ts';
import type { ShownRectangle } from './geometry.ts';
import { openPage, withPage } from './pdfium.ts';
import { imageSize } from './thumbnail.ts';

/** Of a long document the first and the last pages are drawn, and of those between every so many; the text is compared of all. */
const DRAWN_PAGES = 40;
const WIDTH = 400;
const MAX_PIXELS = 400_000;
/** Rounding by a pixel or two is no difference; a letter is. */
const DIFFERENT_LEVELS = 64;
const ALLOWED_SHARE = 0.0001;

/** Parts of a page, by its index, where the two may differ. */
export type Exceptions = ReadonlyMap<number, readonly ShownRectangle[]>;

/** Refuses a rewriting that changed what is shown: text of all pages, pictures of a choice of them. */
export async function assertLooksAlike(before: PDFiumDocument, after: PDFiumDocument): Promise<void> {
  const pages = before.getPageCount();
  if (after.getPageCount() !== pages) throw new Refused('AMBIGUOUS', `${pages} pages to one reader, ${after.getPageCount()} to another`);
  for (let index = 0; index < pages; index += 1) {
    if (textOf(before, index) !== textOf(after, index)) throw new Refused('AMBIGUOUS', `page ${index + 1} has another text to another reader`);
  }
  for (const index of drawnPages(pages)) {
    if (!(await looksAlike(before, after, index))) throw new Refused('AMBIGUOUS', `page ${index + 1} looks different to another reader`);
  }
}

const textOf = (document: PDFiumDocument, index: number): string => withPage(document, index, (page) => page.getText());

/** Always the same for the same document: a second look comes to the same end. */
export function drawnPages(count: number): number[] {
  if (count <= DRAWN_PAGES) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: DRAWN_PAGES }, (_, index) => Math.round((index * (count - 1)) / (DRAWN_PAGES - 1)));
}

export async function looksAlike(before: PDFiumDocument, after: PDFiumDocument, index: number, except: readonly ShownRectangle[] = []): Promise<boolean> {
  const [one, other] = [await draw(before, index), await draw(after, index)];
  if (one.width !== other.width || one.height !== other.height) return false;
  let different = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    const isDifferent = [0, 1, 2].some((channel) => Math.abs(one.data[at + channel]! - other.data[at + channel]!) > DIFFERENT_LEVELS);
    if (isDifferent && !liesWithin(except, ((at / 4) % one.width) / one.width, Math.floor(at / 4 / one.width) / one.height)) different += 1;
  }
  return different <= one.width * one.height * ALLOWED_SHARE;
}

/** With a pixel's breadth of grace: edges are smoothed. */
function liesWithin(parts: readonly ShownRectangle[], x: number, y: number): boolean {
  const grace = 2 / WIDTH;
  return parts.some((part) => x >= part.x - grace && x <= part.x + part.width + grace && y >= part.y - grace && y <= part.y + part.height + grace);
}

export async function draw(document: PDFiumDocument, index: number): Promise<{ data: Uint8Array; width: number; height: number }> {
  const { originalWidth, originalHeight } = withPage(document, index, (page) => page.getOriginalSize());
  const size = imageSize(originalWidth, originalHeight, WIDTH, MAX_PIXELS);
  const { data } = await openPage(document, index).render({ ...size, renderFormFields: true });
  return { data, ...size };
}
