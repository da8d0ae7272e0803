import type { PDFiumDocument } from '@hyzyla/pdfium';
import type { SuggestedField } from '../inspection.ts';
import { charactersOf, type PageCharacters } from './characters.ts';
import { storable } from './facts.ts';
import { shownAt, type Box, type PageShape, type ShownRectangle } from './geometry.ts';
import { withPage } from './pdfium.ts';
import { tagsIn, type Tag } from './tag-grammar.ts';

/** A tag on a page, with what of the page it takes up. */
export interface FoundTag {
  readonly field: SuggestedField;
  /** From 0. */
  readonly pageIndex: number;
  /** Which characters of the page it is, from and up to. */
  readonly from: number;
  readonly to: number;
  readonly box: Box;
  readonly shown: ShownRectangle;
}

const MAX_TAGS = 500;
/** In points: less than this nobody can sign or read in. A tag is written in the size of the text around it. */
const LEAST: Readonly<Record<Tag['kind'], { readonly width: number; readonly height: number }>> = {
  SIGNATURE: { width: 120, height: 32 },
  INITIALS: { width: 40, height: 24 },
  DATE_SIGNED: { width: 70, height: 14 },
  TEXT: { width: 70, height: 14 },
  CHECKBOX: { width: 14, height: 14 },
};

/** The tags in the text of all pages, in order. */
export function findTags(document: PDFiumDocument, shapes: readonly PageShape[]): FoundTag[] {
  const found: FoundTag[] = [];
  shapes.forEach((shape, pageIndex) => {
    if (found.length < MAX_TAGS && withPage(document, pageIndex, (page) => page.getText()).includes('{{')) found.push(...tagsOnPage(charactersOf(document, pageIndex), shape, pageIndex));
  });
  return found.slice(0, MAX_TAGS);
}

function tagsOnPage({ characters }: PageCharacters, shape: PageShape, pageIndex: number): FoundTag[] {
  // By characters, not by code units: the text of some is longer than one.
  const starts: number[] = [];
  let text = '';
  for (const character of characters) {
    starts.push(text.length);
    text += character.text;
  }
  return tagsIn(text).flatMap(({ at, length, tag }) => {
    const from = starts.indexOf(at);
    const to = starts.indexOf(at + length) < 0 ? characters.length : starts.indexOf(at + length);
    const box = boundsOf(characters.slice(from, to).map(({ box }) => box));
    const shown = box && shownAt(shape, box);
    return shown && box ? [{ field: fieldOf(tag, shown, shape, pageIndex), pageIndex, from, to, box, shown }] : [];
  });
}

export function boundsOf(boxes: readonly Box[]): Box | null {
  const real = boxes.filter(({ left, right, bottom, top }) => right > left && top > bottom);
  if (real.length === 0) return null;
  const [left, bottom] = [Math.min(...real.map((box) => box.left)), Math.min(...real.map((box) => box.bottom))];
  return { left, bottom, right: Math.max(...real.map((box) => box.right)), top: Math.max(...real.map((box) => box.top)) };
}

/** The field begins where the tag begins and stands on its line; it grows to the right and upwards, within the page. */
function fieldOf({ kind, role, label, required, size }: Tag, shown: ShownRectangle, { width, height }: PageShape, pageIndex: number): SuggestedField {
  const least = size ?? LEAST[kind];
  const wide = Math.min(1, size || kind === 'CHECKBOX' ? least.width / width : Math.max(shown.width, least.width / width));
  const high = Math.min(1, size ? least.height / height : Math.max(shown.height, least.height / height));
  const x = Math.max(0, Math.min(shown.x, 1 - wide));
  const y = Math.max(0, Math.min(shown.y + shown.height - high, 1 - high));
  return { source: 'TEXT_TAG', kind, name: null, role: storable(role), label: label === null ? null : storable(label), required, value: null, page: pageIndex + 1, x, y, width: wide, height: high };
}
