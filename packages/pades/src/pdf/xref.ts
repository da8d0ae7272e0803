import { LIMITS } from '../limits.ts';
import { PdfRefusal, damaged, tooComplex } from '../refusal.ts';
import type { Budget } from './budget.ts';
import type { ReaderCache } from './reader-cache.ts';
import { onlyWhitespaceAfter } from './indirect.ts';
import { integerOf, type PdfDict } from './objects.ts';
import { PdfParser } from './parser.ts';
import { findInSection, type XrefEntry, type XrefSection } from './xref-section.ts';
import { readXrefStream } from './xref-stream.ts';
import { readXrefTable } from './xref-table.ts';

/** One revision's section, with the stream that a hybrid file adds to its table. */
export interface Layer {
  readonly section: XrefSection;
  readonly hidden: XrefSection | undefined;
}

const TAIL_BYTES = 2048;

/** The cross-reference of a file: all its sections, newest first. */
export class CrossReference {
  /** Newest first. */
  readonly layers: readonly Layer[];
  readonly #sections: readonly XrefSection[];
  readonly #budget: Budget;
  /** Byte offset of the newest section: what the next revision writes into /Prev. */
  readonly startxref: number;

  private constructor(layers: readonly Layer[], startxref: number, budget: Budget) {
    this.layers = layers;
    this.#sections = layers.flatMap(({ section, hidden }) => (hidden ? [section, hidden] : [section]));
    this.startxref = startxref;
    this.#budget = budget;
  }

  static read(bytes: Buffer, cache: ReaderCache): CrossReference {
    const startxref = findStartxref(bytes, cache.budget);
    return new CrossReference(readLayers(bytes, startxref, cache), startxref, cache.budget);
  }

  get newest(): XrefSection {
    const layer = this.layers[0];
    if (!layer) throw damaged('there is no cross-reference section');
    return layer.section;
  }

  /** The first object number that no section uses. */
  get nextObjectNumber(): number {
    let next = 1;
    for (const section of this.#sections) {
      next = Math.max(next, integerOf(section.trailer.entries.get('Size')) ?? 0);
      for (const { first, count } of section.subsections) next = Math.max(next, first + count);
    }
    if (next > LIMITS.objectNumber) throw tooComplex('its object numbers are too high');
    return next;
  }

  get isEncrypted(): boolean {
    return this.#sections.some((section) => section.trailer.entries.has('Encrypt'));
  }

  find(number: number): XrefEntry | undefined {
    this.#budget.spendSteps(this.layers.length);
    for (const { section, hidden } of this.layers) {
      const entry = findInSection(section, number);
      if (entry && entry.kind !== 'free') return entry;
      // A hybrid file marks as free in the table what only its stream tells (ISO 32000-1, 7.5.8.4).
      const other = hidden && findInSection(hidden, number);
      if (other ?? entry) return other ?? entry;
    }
    return undefined;
  }
}

function findStartxref(bytes: Buffer, budget: Budget): number {
  const from = Math.max(0, bytes.length - TAIL_BYTES);
  const at = from + bytes.subarray(from).lastIndexOf('startxref');
  if (at < from) throw new PdfRefusal('NOT_A_PDF', 'The PDF has no "startxref" at its end: it is cut off or not a PDF.');
  const parser = new PdfParser(bytes, at + 'startxref'.length, budget);
  const offset = parser.readInteger();
  const end = bytes.indexOf('%%EOF', parser.position, 'latin1');
  if (end < 0 || !onlyWhitespaceAfter(bytes.subarray(parser.position, end), 0)) throw damaged('the end marker %%EOF is missing');
  if (!onlyWhitespaceAfter(bytes, end + '%%EOF'.length)) throw damaged('there are bytes after the end marker %%EOF');
  return offset;
}

function readLayers(bytes: Buffer, startxref: number, cache: ReaderCache): Layer[] {
  const layers: Layer[] = [];
  const seen = new Set<number>();
  const read = (offset: number): XrefSection => {
    if (seen.has(offset)) throw damaged('its cross-reference sections run in a circle');
    if (seen.size >= LIMITS.revisions) throw tooComplex('it has too many revisions');
    seen.add(offset);
    return cachedSection(bytes, offset, cache);
  };
  for (let next: number | undefined = startxref; next !== undefined; ) {
    const section = read(next);
    const stream = section.kind === 'table' ? offsetIn(section.trailer, 'XRefStm') : undefined;
    const hidden = stream === undefined ? undefined : read(stream);
    if (hidden?.kind === 'table') throw damaged('/XRefStm does not point to a stream');
    layers.push({ section, hidden });
    next = offsetIn(section.trailer, 'Prev');
  }
  return layers;
}

function cachedSection(bytes: Buffer, offset: number, { budget, sections }: ReaderCache): XrefSection {
  const known = sections.get(offset);
  // What runs past the end of a shorter revision is not part of it.
  if (known && known.end <= bytes.length) return known;
  const section = readSection(bytes, offset, budget);
  sections.set(offset, section);
  return section;
}

function readSection(bytes: Buffer, offset: number, budget: Budget): XrefSection {
  if (offset >= bytes.length) throw damaged(`the cross-reference offset ${offset} lies outside the file`);
  const isTable = new PdfParser(bytes, offset, budget).readWord() === 'xref';
  return isTable ? readXrefTable(bytes, offset, budget) : readXrefStream(bytes, offset, budget);
}

function offsetIn(trailer: PdfDict, key: 'Prev' | 'XRefStm'): number | undefined {
  if (!trailer.entries.has(key)) return undefined;
  const offset = integerOf(trailer.entries.get(key));
  if (offset === undefined || offset < 0) throw damaged(`/${key} in the trailer is not an offset`);
  return offset;
}
