import { LIMITS } from '../limits.ts';
import { damaged, tooComplex } from '../refusal.ts';
import type { Budget } from './budget.ts';
import { decodeStream } from './filters.ts';
import { readIndirectObject } from './indirect.ts';
import { integerOf, nameOf, type PdfDict, type PdfObject } from './objects.ts';
import { sortedSubsections, type XrefEntry, type XrefSection, type XrefSubsection } from './xref-section.ts';

/** Reads a cross-reference stream (ISO 32000-1, 7.5.8). */
export function readXrefStream(bytes: Buffer, offset: number, budget: Budget): XrefSection {
  // Its own /Length must be direct: there is no cross-reference yet to look anything up.
  const { value, end } = readIndirectObject(bytes, offset, budget, (length) => length);
  if (value.type !== 'stream' || nameOf(value.dict.entries.get('Type')) !== 'XRef') {
    throw damaged(`there is no cross-reference section at byte ${offset}`);
  }
  const widths = fieldWidths(value.dict);
  const data = decodeStream(bytes, value, budget);
  const rowLength = widths[0] + widths[1] + widths[2];
  let at = 0;
  const subsections: XrefSubsection[] = [];
  for (const [first, count] of subsectionRanges(value.dict)) {
    const start = at;
    at += count * rowLength;
    if (at > data.length) throw damaged('the cross-reference stream is cut off');
    if (count > 0) subsections.push({ first, count, entry: (row) => decodeRow(data, start + row * rowLength, widths) });
  }
  return { kind: 'stream', offset, end, trailer: value.dict, subsections: sortedSubsections(subsections) };
}

type Widths = readonly [number, number, number];

function fieldWidths(dict: PdfDict): Widths {
  const [type, second, third, ...more] = integers(dict.entries.get('W'));
  if (type === undefined || second === undefined || third === undefined || more.length > 0) {
    throw damaged('the cross-reference stream has no valid /W');
  }
  // Six bytes hold any offset this reader accepts and still fit a JavaScript integer.
  if (Math.max(type, second, third) > 6 || second === 0) throw damaged('the cross-reference stream has no valid /W');
  return [type, second, third];
}

function subsectionRanges(dict: PdfDict): (readonly [number, number])[] {
  const size = integerOf(dict.entries.get('Size'));
  if (size === undefined || size < 0) throw damaged('the cross-reference stream has no valid /Size');
  const index = dict.entries.has('Index') ? integers(dict.entries.get('Index')) : [0, size];
  if (index.length % 2 !== 0) throw damaged('the cross-reference stream has no valid /Index');
  if (index.length / 2 > LIMITS.subsections) throw tooComplex('its cross-reference stream has too many parts');
  return Array.from({ length: index.length / 2 }, (_, i) => [index[2 * i] ?? 0, index[2 * i + 1] ?? 0] as const);
}

function integers(value: PdfObject | undefined): number[] {
  if (value?.type !== 'array') throw damaged('the cross-reference stream lacks an array');
  return value.items.map((item) => {
    const number = integerOf(item);
    if (number === undefined || number < 0) throw damaged('the cross-reference stream has an invalid number');
    return number;
  });
}

function decodeRow(data: Buffer, at: number, [typeWidth, secondWidth, thirdWidth]: Widths): XrefEntry {
  const type = typeWidth === 0 ? 1 : data.readUIntBE(at, typeWidth);
  const second = data.readUIntBE(at + typeWidth, secondWidth);
  const third = thirdWidth === 0 ? 0 : data.readUIntBE(at + typeWidth + secondWidth, thirdWidth);
  if (type === 0) return { kind: 'free' };
  if (type === 1) return { kind: 'at', offset: second, generation: third };
  if (type === 2) return { kind: 'inStream', stream: second, index: third };
  throw damaged(`the cross-reference stream has an entry of unknown type ${type}`);
}
