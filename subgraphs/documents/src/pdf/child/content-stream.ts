import { inflateSync } from 'node:zlib';
import { isRegular, isWhitespace, nameOf, type PdfDict, type PdfObject, type PdfStream, type Revision } from '@buffrsign/pades/reader';
import { itemsOf } from './form.ts';

/** An operator that shows text (ISO 32000-2, 9.4.3), and where it and its operands stand in the content. */
export interface ShowText {
  readonly operator: 'Tj' | 'TJ' | "'" | '"';
  readonly start: number;
  readonly end: number;
  /** Strings as bytes, and the adjustments between them. */
  readonly items: readonly (Uint8Array | number)[];
  /** Whether the next text is placed anew, and not where this one ends. */
  isLastOfItsLine: boolean;
}

const MAX_BYTES = 32 * 1024 * 1024;
const SHOWING: ReadonlySet<string> = new Set(['Tj', 'TJ', "'", '"']);
const PLACING: ReadonlySet<string> = new Set(['Td', 'TD', 'Tm', 'T*', 'BT', 'ET', "'", '"']);

/** The whole content of a page, decoded; null when a filter is used that is not worth it here. */
export function contentOf(revision: Revision, page: PdfDict): Buffer | null {
  const contents = page.entries.get('Contents');
  const value = revision.resolve(contents);
  const streams = (value.type === 'array' ? itemsOf(revision, contents).map((item) => revision.resolve(item)) : [value]).filter((part): part is PdfStream => part.type === 'stream');
  const parts = streams.map((stream) => decoded(revision, stream));
  if (parts.some((part) => part === null)) return null;
  return Buffer.concat(parts.flatMap((part) => [part!, Buffer.from('\n')]));
}

function decoded(revision: Revision, { dict, start, end }: PdfStream): Buffer | null {
  const raw = revision.bytes.subarray(start, end);
  const only = (value: PdfObject | PdfStream): PdfObject | PdfStream => (value.type === 'array' && value.items.length <= 1 ? revision.resolve(value.items[0]) : value);
  const filter = only(revision.resolve(dict.entries.get('Filter')));
  if (filter.type === 'null') return raw;
  if (nameOf(filter) !== 'FlateDecode' || only(revision.resolve(dict.entries.get('DecodeParms'))).type !== 'null') return null;
  try {
    return inflateSync(raw, { maxOutputLength: MAX_BYTES });
  } catch {
    return null;
  }
}

/** The operators that show text, in order. Those that show nothing are left out, as readers leave them out. */
export function textOperators(content: Buffer): ShowText[] {
  const found: ShowText[] = [];
  let operands: { readonly start: number; items: (Uint8Array | number)[] } | null = null;
  for (const token of tokensOf(content)) {
    if (token.kind !== 'word') {
      operands ??= { start: token.start, items: [] };
      if (token.kind !== 'other') operands.items.push(token.value);
      continue;
    }
    const last = found.at(-1);
    if (last && PLACING.has(token.word)) last.isLastOfItsLine = true;
    const shows = SHOWING.has(token.word) && operands?.items.some((item) => typeof item !== 'number' && item.length > 0);
    if (shows && operands) found.push({ operator: token.word as ShowText['operator'], start: operands.start, end: token.end, items: operands.items, isLastOfItsLine: false });
    operands = null;
  }
  return found;
}

type Token =
  | { readonly kind: 'value'; readonly start: number; readonly value: Uint8Array | number }
  | { readonly kind: 'other'; readonly start: number }
  | { readonly kind: 'word'; readonly word: string; readonly start: number; readonly end: number };

function* tokensOf(content: Buffer): Generator<Token> {
  for (let at = 0; at < content.length;) {
    const byte = content[at]!;
    if (isWhitespace(byte)) at += 1;
    else if (byte === 0x25) at = lineEnd(content, at);
    else if (byte === 0x28) {
      const end = literalEnd(content, at);
      yield { kind: 'value', start: at, value: literalBytes(content.toString('latin1', at + 1, end - 1)) };
      at = end;
    } else if (byte === 0x3c && content[at + 1] !== 0x3c) {
      const end = indexOr(content, '>', at) + 1;
      yield { kind: 'value', start: at, value: hexBytes(content.toString('latin1', at + 1, end - 1)) };
      at = end;
    } else if (isRegular(byte)) {
      const end = wordEnd(content, at);
      const word = content.toString('latin1', at, end);
      const number = Number(word);
      yield /^[+-]?[\d.]/.test(word) && Number.isFinite(number) ? { kind: 'value', start: at, value: number } : { kind: 'word', word, start: at, end };
      // The data of an inline image are bytes of any kind (8.9.7).
      at = word === 'ID' ? imageEnd(content, end) : end;
    } else {
      yield { kind: 'other', start: at };
      at = byte === 0x2f ? wordEnd(content, at + 1) : at + 1;
    }
  }
}

const indexOr = (content: Buffer, character: string, from: number): number => {
  const at = content.indexOf(character, from);
  return at < 0 ? content.length : at;
};

function lineEnd(content: Buffer, from: number): number {
  let at = from;
  while (at < content.length && content[at] !== 0x0a && content[at] !== 0x0d) at += 1;
  return at;
}

function wordEnd(content: Buffer, from: number): number {
  let at = from;
  while (at < content.length && isRegular(content[at])) at += 1;
  return at;
}

function literalEnd(content: Buffer, from: number): number {
  let open = 0;
  for (let at = from; at < content.length; at += 1) {
    if (content[at] === 0x5c) at += 1;
    else if (content[at] === 0x28) open += 1;
    else if (content[at] === 0x29 && --open === 0) return at + 1;
  }
  return content.length;
}

function imageEnd(content: Buffer, from: number): number {
  for (let at = content.indexOf('EI', from); at >= 0; at = content.indexOf('EI', at + 1)) {
    if (isWhitespace(content[at - 1]) && !isRegular(content[at + 2])) return at;
  }
  return content.length;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function literalBytes(source: string): Uint8Array {
  const text = source.replace(/\r\n?/g, '\n').replace(/\\([0-7]{1,3}|[^])/g, (_, escape: string) => {
    if (/^[0-7]/.test(escape)) return String.fromCharCode(parseInt(escape, 8) & 0xff);
    return escape === '\n' ? '' : (ESCAPES[escape] ?? escape);
  });
  return Buffer.from(text, 'latin1');
}

function hexBytes(source: string): Uint8Array {
  const digits = source.replace(/[^0-9a-f]/gi, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}
