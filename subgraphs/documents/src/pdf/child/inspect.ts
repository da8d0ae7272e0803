import type { PDFiumDocument } from '@hyzyla/pdfium';
import type { PDFDocument } from 'pdf-lib';
import type { InspectedPage, Inspection, Job } from '../inspection.ts';
import { Refused } from '../refusal.ts';
import { factsOf, storable } from './facts.ts';
import { shapeOf, type PageShape } from './geometry.ts';
import { withDocument, withPage } from './pdfium.ts';
import { loadForSealing, rewrite } from './sealable.ts';

type Limits = Extract<Job, { kind: 'inspect' }>;

/** Acrobat's own habit: the header may stand anywhere in the first kilobyte (ISO 32000-1, annex H.3). */
const HEADER_WITHIN = 1024;
/** Engines differ in the last digits of a page's size, not by a point. */
const SAME_SIZE_PT = 1;

/** Reads a document with both engines, the one that shows and the one that seals, and refuses it where they disagree. */
export async function inspect(pdf: Uint8Array, limits: Limits): Promise<Inspection> {
  if (!Buffer.from(pdf.buffer, pdf.byteOffset, Math.min(pdf.byteLength, HEADER_WITHIN)).includes('%PDF-')) throw new Refused('NOT_A_PDF');
  return withDocument(pdf, async (shown) => {
    const pageCount = shown.getPageCount();
    if (pageCount < 1) throw new Refused('BROKEN', 'no pages');
    if (pageCount > limits.maxPages) throw new Refused('TOO_MANY_PAGES', `${pageCount} pages; at most ${limits.maxPages}`);

    const sealed = await loadForSealing(pdf);
    const facts = factsOf(sealed);
    const shapes = shapesOf(sealed, pageCount);
    assertSameShapes(shown, shapes);
    const { pages, textTruncated } = readPages(shown, shapes, limits);
    const rewritten = await rewrite(sealed);
    await withDocument(rewritten, (again) => assertSameShapes(again, shapes));
    return { ok: true, pageCount, pages, textTruncated, ...facts };
  });
}

function shapesOf(sealed: PDFDocument, pageCount: number): PageShape[] {
  const pages = sealed.getPages();
  if (pages.length !== pageCount) throw new Refused('BROKEN', `${pageCount} pages to one reader, ${pages.length} to another`);
  return pages.map((page, index) => shapeOf(page, index + 1));
}

function assertSameShapes(document: PDFiumDocument, shapes: readonly PageShape[]): void {
  if (document.getPageCount() !== shapes.length) throw new Refused('BROKEN', 'pages get lost when the document is written anew');
  shapes.forEach(({ plainWidth, plainHeight }, index) => {
    const { originalWidth, originalHeight } = withPage(document, index, (page) => page.getOriginalSize());
    const differs = Math.abs(originalWidth - plainWidth) > SAME_SIZE_PT || Math.abs(originalHeight - plainHeight) > SAME_SIZE_PT;
    if (differs) throw new Refused('BROKEN', `page ${index + 1} is not of the same size to every reader`);
  });
}

function readPages(document: PDFiumDocument, shapes: readonly PageShape[], limits: Limits): Pick<Inspection, 'pages' | 'textTruncated'> {
  let room = limits.maxText;
  let textTruncated = false;
  const pages = shapes.map(({ width, height, rotation }, index): InspectedPage => {
    const whole = storable(withPage(document, index, (page) => page.getText()));
    const text = whole.slice(0, Math.min(limits.maxTextPerPage, room)).toWellFormed();
    room -= text.length;
    textTruncated ||= text.length < whole.length;
    return { number: index + 1, width: rounded(width), height: rounded(height), rotation, text };
  });
  return { pages, textTruncated };
}

/** A thousandth of a point is far below what anybody can see or place. Never to nothing: a size is positive. */
const rounded = (points: number): number => Math.max(0.001, Math.round(points * 1000) / 1000);
