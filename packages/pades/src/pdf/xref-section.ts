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
  /** The byte after the section. */
  readonly end: number;
  readonly trailer: PdfDict;
  /** In order of their numbers, none overlapping another. */
  readonly subsections: readonly XrefSubsection[];
}

export function findInSection(section: XrefSection, number: number): XrefEntry | undefined {
  const parts = section.subsections;
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.first ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  const found = parts[low - 1];
  return found && number < found.first + found.count ? found.entry(number - found.first) : undefined;
}

/** In order of their numbers. Readers disagree about which of two entries for one object counts, so a section may have only one. */
export function sortedSubsections(subsections: readonly XrefSubsection[]): XrefSubsection[] {
  const sorted = [...subsections].sort((a, b) => a.first - b.first);
  let next = 0;
  for (const { first, count } of sorted) {
    if (first < next) throw damaged('a cross-reference section lists an object twice');
    next = first + count;
  }
  if (next > LIMITS.objectNumber) throw tooComplex('its object numbers are too high');
  return sorted;
}
