import { damaged } from '../refusal.ts';
import type { Budget } from './budget.ts';
import { isWhitespace } from './characters.ts';
import { integerOf, type PdfDict, type PdfObject, type PdfStream } from './objects.ts';
import { PdfParser } from './parser.ts';

export interface IndirectObject {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfObject | PdfStream;
  /** The byte after `endobj`. */
  readonly end: number;
}

/** Looks up the /Length of a stream when it is an object of its own. */
export type ResolveLength = (value: PdfObject) => PdfObject | PdfStream;

/** Reads `n g obj … endobj` at `offset`. The end marker must be where the grammar wants it. */
export function readIndirectObject(bytes: Buffer, offset: number, budget: Budget, resolve: ResolveLength): IndirectObject {
  const parser = new PdfParser(bytes, offset, budget);
  const number = parser.readInteger();
  const generation = parser.readInteger();
  parser.expectWord('obj');
  const value = parser.readObject();
  const word = parser.readWord();
  if (word === 'endobj') return { number, generation, value, end: parser.position };
  if (word !== 'stream' || value.type !== 'dict') throw damaged(`object ${number} does not end`);
  const stream = readStream(parser, value, number, resolve);
  return { number, generation, value: stream, end: parser.position };
}

function readStream(parser: PdfParser, dict: PdfDict, number: number, resolve: ResolveLength): PdfStream {
  const { bytes } = parser;
  const start = afterStreamKeyword(bytes, parser.position, number);
  const declared = dict.entries.get('Length');
  const length = declared && integerOf(resolve(declared));
  if (length === undefined || length < 0 || length > bytes.length - start) throw damaged(`the stream ${number} has no valid length`);
  parser.position = start + length;
  parser.expectWord('endstream');
  parser.expectWord('endobj');
  return { type: 'stream', dict, start, end: start + length };
}

function afterStreamKeyword(bytes: Buffer, position: number, number: number): number {
  if (bytes[position] === 0x0a) return position + 1;
  if (bytes[position] === 0x0d && bytes[position + 1] === 0x0a) return position + 2;
  throw damaged(`the data of stream ${number} do not start on a new line`);
}

/** True when only white space is left from `position` on. */
export function onlyWhitespaceAfter(bytes: Buffer, position: number): boolean {
  let at = position;
  while (isWhitespace(bytes[at])) at++;
  return at >= bytes.length;
}
