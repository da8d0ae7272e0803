import { Revision } from '../../src/pdf/revision.ts';
import { locate } from '../../src/verify/locate.ts';
import { readFieldTree } from '../../src/verify/fields.ts';

/** What an attacker does to bytes: nothing here knows a key. */

export const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
export const latin1 = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

export interface UpdateOptions {
  /** Entries of the trailer beside /Size, /Root and /Prev; an entry here wins. */
  readonly trailer?: Readonly<Record<string, string>>;
  /** Objects that are listed at an offset of the old bytes. */
  readonly at?: Readonly<Record<number, number>>;
  readonly free?: readonly number[];
  readonly generation?: number;
  /** Written before the objects. */
  readonly junk?: string;
}

/** Appends objects as an incremental update with a classic table, as any editor would. */
export function append(pdf: Uint8Array, objects: Readonly<Record<number, string>>, options: UpdateOptions = {}): Uint8Array {
  const revision = new Revision(pdf);
  const generation = options.generation ?? 0;
  let text = latin1(pdf);
  if (!/[\r\n]$/.test(text)) text += '\n';
  text += options.junk ?? '';
  const rows = new Map<number, string>();
  for (const [number, body] of Object.entries(objects)) {
    rows.set(Number(number), `${String(text.length).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`);
    text += `${number} ${generation} obj\n${body}\nendobj\n`;
  }
  for (const [number, offset] of Object.entries(options.at ?? {})) rows.set(Number(number), `${String(offset).padStart(10, '0')} 00000 n \n`);
  for (const number of options.free ?? []) rows.set(number, '0000000000 00001 f \n');
  const sections = [...rows].sort(([a], [b]) => a - b).map(([number, row]) => `${number} 1\n${row}`);
  const root = revision.catalogReference;
  const entries = {
    Size: String(Math.max(revision.xref.nextObjectNumber, ...[...rows.keys()].map((number) => number + 1))),
    Root: `${root.number} ${root.generation} R`,
    Prev: String(revision.xref.startxref),
    ...options.trailer,
  };
  const trailer = Object.entries(entries).flatMap(([key, value]) => (value === '' ? [] : [`/${key} ${value}`]));
  return bytes(`${text}xref\n${sections.join('')}trailer\n<<${trailer.join(' ')}>>\nstartxref\n${text.length}\n%%EOF\n`);
}

export function stream(data: string, entries = ''): string {
  return `<<${entries} /Length ${data.length}>>\nstream\n${data}\nendstream`;
}

/** The source of an object as the newest revision has it. */
export function source(pdf: Uint8Array, number: number): string {
  const revision = new Revision(pdf);
  const entry = revision.xref.find(number);
  if (entry?.kind !== 'at') throw new Error(`Object ${number} is not there.`);
  const text = latin1(pdf);
  return text.slice(text.indexOf('obj\n', entry.offset) + 4, text.indexOf('\nendobj', entry.offset));
}

/** Appends an object that differs from the old one in one place. */
export function edit(pdf: Uint8Array, number: number, from: string | RegExp, to: string, more: Readonly<Record<number, string>> = {}): Uint8Array {
  const old = source(pdf, number);
  const changed = old.replace(from, to);
  if (changed === old) throw new Error(`Object ${number} holds no ${String(from)}.`);
  return append(pdf, { ...more, [number]: changed });
}

export function replaceBytes(pdf: Uint8Array, at: number, text: string): Uint8Array {
  const copy = pdf.slice();
  copy.set(bytes(text), at);
  return copy;
}

export function flip(pdf: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = pdf.slice();
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where the file keeps an entry of the signature in that field. */
export function placeOf(pdf: Uint8Array, fieldName: string, key: 'Contents' | 'ByteRange'): Place {
  const revision = new Revision(pdf);
  const field = readFieldTree(revision).nodes.find(({ name }) => name === fieldName);
  const value = field?.dict.entries.get('V');
  const entry = value?.type === 'reference' ? revision.xref.find(value.number) : undefined;
  const place = entry?.kind === 'at' ? locate(revision.bytes, entry.offset, [key], revision.budget) : undefined;
  if (!place) throw new Error(`There is no /${key} in the field ${fieldName}.`);
  return place;
}

/** Overwrites the array of /ByteRange, within its room. */
export function withByteRange(pdf: Uint8Array, fieldName: string, range: string): Uint8Array {
  const { start } = placeOf(pdf, fieldName, 'ByteRange');
  const room = /^\[[^\]]*\] */.exec(latin1(pdf).slice(start))?.[0].length ?? 0;
  if (range.length > room) throw new Error('The range is too long.');
  return replaceBytes(pdf, start, range.padEnd(room));
}

/** Overwrites /Contents in place: hexadecimal digits, padded with zeros. */
export function withContents(pdf: Uint8Array, fieldName: string, cms: Uint8Array): Uint8Array {
  const { start, end } = placeOf(pdf, fieldName, 'Contents');
  const hex = Buffer.from(cms).toString('hex').toUpperCase();
  if (hex.length > end - start - 2) throw new Error('The CMS is too long.');
  return replaceBytes(pdf, start + 1, hex.padEnd(end - start - 2, '0'));
}

export function contentsOf(pdf: Uint8Array, fieldName: string): Buffer {
  const { start, end } = placeOf(pdf, fieldName, 'Contents');
  return Buffer.from(latin1(pdf).slice(start + 1, end - 1), 'hex');
}

export function coveredBytes(pdf: Uint8Array, fieldName: string): Buffer {
  const range = placeOf(pdf, fieldName, 'ByteRange');
  const [a = 0, b = 0, c = 0, d = 0] = (latin1(pdf).slice(range.start, range.end).match(/\d+/g) ?? []).map(Number);
  return Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]);
}
