import { StampRefusal } from './refusal.ts';
import { refusedCharacters } from './text/text.ts';

/**
 * A rectangle on a page as a viewer shows it, after /CropBox, /Rotate and /UserUnit: fractions of the
 * shown width and height from 0 to 1, with the origin in the top left corner.
 */
export interface ViewerRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where something is on a page. */
export interface Placed {
  /** From 1. */
  readonly page: number;
  readonly rectangle: ViewerRectangle;
}

/** A typed name, or a drawing of it as a PNG. */
export type Mark = { readonly text: string } | { readonly png: Uint8Array };

/** What one field shall show. */
export type FieldContent =
  | ({ readonly kind: 'signature' | 'initials' } & Mark)
  | { readonly kind: 'date' | 'text'; readonly text: string }
  | { readonly kind: 'checkbox'; readonly checked: boolean };

/** What one field shall show, and where. */
export type StampField = Placed & FieldContent;

/** Fractions come out of divisions; this much beyond the edge is rounding, not a mistake. */
const ROUNDING = 1e-6;

/** Refuses the first field that cannot be drawn, before anything is. @throws {StampRefusal} */
export function assertDrawable(fields: readonly StampField[], pages: number): void {
  fields.forEach((field, index) => {
    assertPlace(field, index, pages);
    if ('text' in field) assertText(field.text, index);
  });
}

/** @throws {StampRefusal} `PAGE_NOT_FOUND`, `INVALID_RECTANGLE`. */
export function assertPlace({ page, rectangle }: Placed, field: number, pages: number): void {
  if (!Number.isInteger(page) || page < 1 || page > pages) {
    throw new StampRefusal('PAGE_NOT_FOUND', `Field ${field} is on page ${page}, but the document has ${pages}.`, { field });
  }
  if (!isOnPage(rectangle)) {
    throw new StampRefusal('INVALID_RECTANGLE', `The rectangle of field ${field} must have an area and lie on the page.`, { field });
  }
}

function isOnPage({ x, y, width, height }: ViewerRectangle): boolean {
  const inside = (start: number, length: number): boolean => start >= -ROUNDING && length > 0 && start + length <= 1 + ROUNDING;
  return inside(x, width) && inside(y, height);
}

/** @throws {StampRefusal} `TEXT_NOT_SHOWABLE`, with the characters. */
export function assertText(text: string, field: number): void {
  const characters = refusedCharacters(text);
  if (characters.length === 0) return;
  const list = characters.map((character) => JSON.stringify(character)).join(', ');
  throw new StampRefusal('TEXT_NOT_SHOWABLE', `The text of field ${field} has characters that no font of ours can show: ${list}.`, {
    field,
    characters,
  });
}
