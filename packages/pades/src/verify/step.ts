import { onlyWhitespaceAfter } from '../pdf/indirect.ts';
import type { PdfObject, PdfStream } from '../pdf/objects.ts';
import type { Revision } from '../pdf/revision.ts';
import { serialise } from '../pdf/serialise.ts';
import type { XrefEntry, XrefSection } from '../pdf/xref-section.ts';
import type { SignatureValue } from './signature-value.ts';

export interface ChangedObject {
  readonly number: number;
  readonly old: PdfObject | PdfStream;
  readonly new: PdfObject | PdfStream;
}

/** From one signed revision to the next, or to the end of the file. */
export interface Step {
  readonly old: Revision;
  readonly new: Revision;
  /** Signatures that cover exactly the new revision. */
  readonly signatures: readonly SignatureValue[];
  readonly changed: ReadonlyMap<number, ChangedObject>;
  readonly added: ReadonlySet<number>;
  readonly removed: readonly number[];
  /** Objects that the new revision looks for among the bytes of the old one. */
  readonly reused: readonly number[];
  /** Bytes after the old revision that belong to no section. */
  readonly hasLooseBytes: boolean;
  /** The new sections do not continue with those of the old revision: they hide some, or bring in others. */
  readonly hidesRevision: boolean;
}

/** What differs between two revisions, object by object; only what the new sections list is looked at. */
export function compare(old: Revision, next: Revision, signatures: readonly SignatureValue[]): Step {
  const from = old.bytes.length;
  const sections = newSections(next, from);
  const changed = new Map<number, ChangedObject>();
  const [added, removed, reused] = [new Set<number>(), [] as number[], [] as number[]];
  for (const number of listedIn(sections, next)) {
    const [before, after] = [inUse(old, number), inUse(next, number)];
    if (!before && !after) continue;
    if (before && after && sameEntry(before, after)) continue;
    if (!after) {
      removed.push(number);
      continue;
    }
    const values = { number, old: valueOf(old, number, before), new: valueOf(next, number, after) };
    if (!before) added.add(number);
    else if (!isSame(old.bytes, next.bytes, values, generationOf(before) === generationOf(after))) changed.set(number, values);
    else continue;
    if (placeOf(next, after) < from) reused.push(number);
  }
  return {
    old,
    new: next,
    signatures,
    changed,
    added,
    removed,
    reused,
    hasLooseBytes: sections.length === 0 && !onlyWhitespaceAfter(next.bytes, from),
    hidesRevision: !continues(old, next, from),
  };
}

/** Sections, newest first, that lie behind the old revision. */
export function newSections(revision: Revision, from: number): XrefSection[] {
  return revision.xref.layers.flatMap(({ section, hidden }) => (section.offset >= from ? (hidden ? [section, hidden] : [section]) : []));
}

export function listedIn(sections: readonly XrefSection[], { budget }: Revision): Set<number> {
  const numbers = new Set<number>();
  for (const { first, count } of sections.flatMap(({ subsections }) => subsections)) {
    budget.spendSteps(8 * count);
    for (let number = first; number < first + count; number++) numbers.add(number);
  }
  return numbers;
}

/** The chain of sections must be the old one, with new ones before it, each of which lies behind it. */
function continues(old: Revision, next: Revision, from: number): boolean {
  const { layers } = next.xref;
  const fresh = layers.findIndex(({ section }) => section.offset < from);
  const kept = fresh < 0 ? [] : layers.slice(fresh);
  const before = fresh < 0 ? layers : layers.slice(0, fresh);
  return (
    before.every(({ hidden }) => !hidden || hidden.offset >= from) &&
    kept.length === old.xref.layers.length &&
    kept.every(({ section, hidden }, i) => {
      const same = old.xref.layers[i];
      return section.offset === same?.section.offset && hidden?.offset === same.hidden?.offset;
    })
  );
}

function inUse(revision: Revision, number: number): XrefEntry | undefined {
  const entry = revision.xref.find(number);
  return entry?.kind === 'free' ? undefined : entry;
}

function sameEntry(a: XrefEntry, b: XrefEntry): boolean {
  if (a.kind === 'at' && b.kind === 'at') return a.offset === b.offset && a.generation === b.generation;
  // When the container itself is replaced it is listed, and reported, on its own.
  return a.kind === 'inStream' && b.kind === 'inStream' && a.stream === b.stream && a.index === b.index;
}

function generationOf(entry: XrefEntry): number {
  return entry.kind === 'at' ? entry.generation : 0;
}

function valueOf(revision: Revision, number: number, entry: XrefEntry | undefined): PdfObject | PdfStream {
  return revision.resolve(entry ? { type: 'reference', number, generation: generationOf(entry) } : undefined);
}

function placeOf(revision: Revision, entry: XrefEntry): number {
  if (entry.kind === 'at') return entry.offset;
  const container = entry.kind === 'inStream' ? revision.xref.find(entry.stream) : undefined;
  return container?.kind === 'at' ? container.offset : 0;
}

function isSame(oldBytes: Buffer, newBytes: Buffer, { old, new: next }: ChangedObject, sameGeneration: boolean): boolean {
  if (!sameGeneration) return false;
  if (old === next) return true;
  if (old.type !== 'stream' || next.type !== 'stream') return sameValue(old, next);
  return sameValue(old.dict, next.dict) && oldBytes.subarray(old.start, old.end).equals(newBytes.subarray(next.start, next.end));
}

/** Equal as written; streams are never equal here. */
export function sameValue(a: PdfObject | PdfStream | undefined, b: PdfObject | PdfStream | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.type === 'stream' || b.type === 'stream' || a.type !== b.type) return false;
  return serialise(a) === serialise(b);
}
