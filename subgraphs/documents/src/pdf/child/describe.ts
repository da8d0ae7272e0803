import type { PDFiumDocument } from '@hyzyla/pdfium';
import type { Revision } from '@buffrsign/pades/reader';
import type { InspectedPage, Inspection, Job } from '../inspection.ts';
import { Refused } from '../refusal.ts';
import { factsOf, storable } from './facts.ts';
import { shapeOf, type PageShape } from './geometry.ts';
import type { PageTree } from './pages.ts';
import { withPage } from './pdfium.ts';

export type TextLimits = Pick<Extract<Job, { kind: 'inspect' }>, 'maxPages' | 'maxTextPerPage' | 'maxText'>;
export type Findings = Pick<Inspection, 'hasSignatures' | 'hasAttachments' | 'hasJavaScript'>;

/** Engines differ in the last digits of a page's size, not by a point. */
const SAME_SIZE_PT = 1;

/** What a document holds: structure by the strict reader, text by the one that shows it. */
export function describe(revision: Revision, shapes: readonly PageShape[], shown: PDFiumDocument, limits: TextLimits, findings: Findings): Inspection {
  return { ok: true, pageCount: shapes.length, ...readPages(shown, shapes, limits), ...factsOf(revision), ...findings };
}

/** The shapes of the pages, which must be the same to the reader that shows them. */
export function shapesOf(revision: Revision, tree: PageTree, shown: PDFiumDocument): PageShape[] {
  const pageCount = shown.getPageCount();
  if (tree.pages.length !== pageCount) throw new Refused('BROKEN', `${pageCount} pages to one reader, ${tree.pages.length} to another`);
  const shapes = tree.pages.map((page, index) => shapeOf(revision, page, index + 1));
  assertSameShapes(shown, shapes);
  return shapes;
}

export function assertSameShapes(document: PDFiumDocument, shapes: readonly PageShape[]): void {
  if (document.getPageCount() !== shapes.length) throw new Refused('BROKEN', 'pages get lost when the document is written anew');
  shapes.forEach(({ plainWidth, plainHeight }, index) => {
    const { originalWidth, originalHeight } = withPage(document, index, (page) => page.getOriginalSize());
    const differs = Math.abs(originalWidth - plainWidth) > SAME_SIZE_PT || Math.abs(originalHeight - plainHeight) > SAME_SIZE_PT;
    if (differs) throw new Refused('BROKEN', `page ${index + 1} is not of the same size to every reader`);
  });
}

function readPages(document: PDFiumDocument, shapes: readonly PageShape[], limits: TextLimits): Pick<Inspection, 'pages' | 'textTruncated'> {
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
