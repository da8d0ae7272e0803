/**
 * PDF values as read. Numbers and strings keep their source text, so that an object which is
 * written again (a page that gets one more annotation) keeps every other value byte for byte.
 */
export type PdfObject =
  | { readonly type: 'null' }
  | { readonly type: 'boolean'; readonly value: boolean }
  | PdfNumber
  | PdfName
  | PdfString
  | PdfArray
  | PdfDict
  | PdfReference;

export interface PdfNumber {
  readonly type: 'number';
  readonly value: number;
  readonly source: string;
}

export interface PdfName {
  readonly type: 'name';
  /** Without the slash and with `#xx` resolved, one character per byte. */
  readonly name: string;
}

export interface PdfString {
  readonly type: 'string';
  /** The token with its delimiters, one character per byte. */
  readonly source: string;
}

export interface PdfArray {
  readonly type: 'array';
  readonly items: readonly PdfObject[];
}

export interface PdfDict {
  readonly type: 'dict';
  readonly entries: ReadonlyMap<string, PdfObject>;
}

export interface PdfReference {
  readonly type: 'reference';
  readonly number: number;
  readonly generation: number;
}

/** A stream; its data are `bytes[start, end)` of the file. */
export interface PdfStream {
  readonly type: 'stream';
  readonly dict: PdfDict;
  readonly start: number;
  readonly end: number;
}

export const NULL: PdfObject = { type: 'null' };

export const name = (text: string): PdfName => ({ type: 'name', name: text });
export const integer = (value: number): PdfNumber => ({ type: 'number', value, source: String(value) });
export const array = (items: readonly PdfObject[]): PdfArray => ({ type: 'array', items });
export const reference = (number: number, generation = 0): PdfReference => ({ type: 'reference', number, generation });
export const dict = (entries: Readonly<Record<string, PdfObject>>): PdfDict => ({
  type: 'dict',
  entries: new Map(Object.entries(entries)),
});

/** A copy of `source` with some entries replaced or added; the others keep their order. */
export function withEntries(source: PdfDict, changes: Readonly<Record<string, PdfObject>>): PdfDict {
  return { type: 'dict', entries: new Map([...source.entries, ...Object.entries(changes)]) };
}

/** The integer a value holds, or undefined for anything else. */
export function integerOf(value: PdfObject | PdfStream | undefined): number | undefined {
  return value?.type === 'number' && Number.isSafeInteger(value.value) ? value.value : undefined;
}

export function nameOf(value: PdfObject | PdfStream | undefined): string | undefined {
  return value?.type === 'name' ? value.name : undefined;
}
