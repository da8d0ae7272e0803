import { LIMITS } from '../limits.ts';
import { damaged, tooComplex } from '../refusal.ts';
import type { PdfDict } from './objects.ts';

/** Where the file keeps an object. */
export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'at'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'inStream'; readonly stream: number; readonly index: number };

/** Objects `first … first + count - 1`; an entry is decoded only when it is asked for. */
export interface XrefSubsection {
  readonly first: number;
  readonly count: number;
  entry(row: number): XrefEntry;
}

/** One cross-reference section: what one revision says. */
export interface XrefSection {
  readonly kind: 'table' | 'stream';
  readonly offset: number;
  readonly trailer: PdfDict;
  readonly subsections: readonly XrefSubsection[];
}

export function findInSection(section: XrefSection, number: number): XrefEntry | undefined {
  const found = section.subsections.find((part) => number >= part.first && number < part.first + part.count);
  return found?.entry(number - found.first);
}

/** Readers disagree about which of two entries for one object counts, so a section may have only one. */
export function assertSubsections(subsections: readonly XrefSubsection[]): void {
  const sorted = [...subsections].sort((a, b) => a.first - b.first);
  let next = 0;
  for (const { first, count } of sorted) {
    if (first < next) throw damaged('a cross-reference section lists an object twice');
    next = first + count;
  }
  if (next > LIMITS.objectNumber) throw tooComplex('its object numbers are too high');
}
