import type { Budget } from '../pdf/budget.ts';
import { nameOf, type PdfObject } from '../pdf/objects.ts';
import { PdfParser } from '../pdf/parser.ts';

/** A value and the bytes that are its token: `bytes[start, end)`. */
export interface LocatedValue {
  readonly start: number;
  readonly end: number;
  readonly value: PdfObject;
}

/** Finds the value under `keys` in the indirect object at `offset`, as the parser itself reads it. */
export function locate(bytes: Buffer, offset: number, keys: readonly string[], budget: Budget): LocatedValue | undefined {
  const parser = new PdfParser(bytes, offset, budget);
  parser.readInteger();
  parser.readInteger();
  parser.expectWord('obj');
  return descend(parser, keys);
}

function descend(parser: PdfParser, [key, ...below]: readonly string[]): LocatedValue | undefined {
  const next = (): boolean => {
    parser.skipSpace();
    return parser.bytes[parser.position] === 0x2f;
  };
  parser.skipSpace();
  if (parser.bytes.toString('latin1', parser.position, parser.position + 2) !== '<<') return undefined;
  parser.position += 2;
  while (next()) {
    const name = nameOf(parser.readObject());
    parser.skipSpace();
    const start = parser.position;
    if (name === key && below.length > 0) return descend(parser, below);
    const value = parser.readObject();
    if (name === key) return { start, end: parser.position, value };
  }
  return undefined;
}
