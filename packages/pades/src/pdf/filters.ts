import { inflateSync } from 'node:zlib';
import { PdfRefusal, damaged, tooComplex } from '../refusal.ts';
import type { Budget } from './budget.ts';
import { integerOf, nameOf, type PdfDict, type PdfObject, type PdfStream } from './objects.ts';

/**
 * Decodes a cross-reference or object stream: no filter, or Flate with or without a PNG predictor.
 * Writers use nothing else for these two; page content is never decoded here.
 */
export function decodeStream(bytes: Buffer, stream: PdfStream, budget: Budget): Buffer {
  const raw = bytes.subarray(stream.start, stream.end);
  const filter = single(stream.dict.entries.get('Filter'));
  if (filter === undefined) return raw;
  if (nameOf(filter) !== 'FlateDecode') throw damaged('a structure stream uses a filter other than FlateDecode');
  const inflated = inflate(raw, budget);
  const parameters = single(stream.dict.entries.get('DecodeParms'));
  return parameters?.type === 'dict' ? undoPredictor(inflated, parameters) : inflated;
}

function single(value: PdfObject | undefined): PdfObject | undefined {
  if (value === undefined || value.type === 'null') return undefined;
  if (value.type !== 'array') return value;
  if (value.items.length > 1) throw damaged('a structure stream uses several filters');
  return single(value.items[0]);
}

function inflate(raw: Buffer, budget: Budget): Buffer {
  try {
    const inflated = inflateSync(raw, { maxOutputLength: budget.inflatedLeft });
    budget.spendInflated(inflated.length);
    return inflated;
  } catch (cause) {
    if (cause instanceof PdfRefusal) throw cause;
    if (cause instanceof RangeError) throw tooComplex('its compressed parts are too large');
    throw new PdfRefusal('DAMAGED', 'The PDF is damaged: a compressed stream cannot be decompressed.', { cause });
  }
}

function undoPredictor(data: Buffer, parameters: PdfDict): Buffer {
  const predictor = integerOf(parameters.entries.get('Predictor')) ?? 1;
  if (predictor === 1) return data;
  const columns = integerOf(parameters.entries.get('Columns')) ?? 1;
  const oneByteSamples =
    (integerOf(parameters.entries.get('Colors')) ?? 1) === 1 && (integerOf(parameters.entries.get('BitsPerComponent')) ?? 8) === 8;
  if (predictor < 10 || predictor > 15 || columns < 1 || columns > 65_536 || !oneByteSamples) {
    throw damaged('a structure stream has an unknown predictor');
  }
  return undoPng(data, columns);
}

/** PNG filters (RFC 2083, 6) over rows of one-byte samples. */
function undoPng(data: Buffer, columns: number): Buffer {
  const rows = Math.floor(data.length / (columns + 1));
  const output = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    const source = row * (columns + 1);
    const target = row * columns;
    const type = data[source] ?? 0;
    if (type > 4) throw damaged('a structure stream has an unknown row filter');
    for (let i = 0; i < columns; i++) {
      const left = i > 0 ? (output[target + i - 1] ?? 0) : 0;
      const up = row > 0 ? (output[target + i - columns] ?? 0) : 0;
      const upLeft = i > 0 && row > 0 ? (output[target + i - columns - 1] ?? 0) : 0;
      output[target + i] = (data[source + 1 + i] ?? 0) + predicted(type, left, up, upLeft);
    }
  }
  return output;
}

function predicted(type: number, left: number, up: number, upLeft: number): number {
  if (type === 1) return left;
  if (type === 2) return up;
  if (type === 3) return (left + up) >> 1;
  if (type === 4) return paeth(left, up, upLeft);
  return 0;
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : upLeft;
}
