import { crc32, inflateSync } from 'node:zlib';

/** Thrown for bytes that are not a whole, plain PNG; the message says what is wrong with the image. */
export class PngError extends Error {
  override name = 'PngError';
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const BYTES_MAX = 2 * 1024 * 1024;
/** The decoder holds four bytes a pixel, and a small file may claim any size. */
const PIXELS_MAX = 4_000_000;

/** Samples per pixel and permitted bit depths of each colour type (PNG 1.2, 11.2.2). */
const COLOUR_TYPES: Readonly<Record<number, { readonly samples: number; readonly depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** Length, type, data and check sum. */
  readonly bytes: Buffer;
}

/**
 * Checks a PNG to the last row and returns it with nothing but its picture. The decoder behind it never ends on
 * some damaged files and unpacks texts and animations nobody sees, so it gets only what has been checked here.
 *
 * @throws {PngError}
 */
export function cleanPng(png: Uint8Array): Uint8Array {
  if (png.length > BYTES_MAX) throw new PngError(`is larger than ${BYTES_MAX} bytes`);
  const chunks = chunksOf(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  const header = chunks[0];
  const end = chunks.at(-1);
  if (header?.type !== 'IHDR' || header.data.length !== 13 || end?.type !== 'IEND') throw new PngError('is cut off');
  const one = (type: string): Chunk[] => chunks.filter((chunk) => chunk.type === type).slice(0, 1);
  const pixels = chunks.filter(({ type }) => type === 'IDAT');
  assertPixels(Buffer.concat(pixels.map(({ data }) => data)), pixelBytes(header.data));
  assertPalette(header.data, one('PLTE')[0]);
  return Buffer.concat([SIGNATURE, ...[header, ...one('PLTE'), ...one('tRNS'), ...pixels, end].map(({ bytes }) => bytes)]);
}

function chunksOf(png: Buffer): Chunk[] {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new PngError('is not a PNG');
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length && chunks.at(-1)?.type !== 'IEND'; ) {
    const length = png.length - at >= 12 ? png.readUInt32BE(at) : Infinity;
    const end = at + 12 + length;
    if (end > png.length) throw new PngError('is cut off');
    if (crc32(png.subarray(at + 4, end - 4)) !== png.readUInt32BE(end - 4)) throw new PngError('is damaged');
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end - 4), bytes: png.subarray(at, end) });
    at = end;
  }
  return chunks;
}

/** How many bytes the pixels have, with one filter byte a row. */
function pixelBytes(header: Buffer): number {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, type = 0, , , interlace] = header.subarray(8);
  if (width === 0 || height === 0 || width * height > PIXELS_MAX) throw new PngError(`must have 1 to ${PIXELS_MAX} pixels`);
  if (interlace !== 0) throw new PngError('is interlaced, which is not supported');
  const colours = COLOUR_TYPES[type];
  if (!colours?.depths.includes(depth)) throw new PngError('is damaged');
  return height * (1 + Math.ceil((width * depth * colours.samples) / 8));
}

function assertPixels(compressed: Buffer, length: number): void {
  try {
    if (inflateSync(compressed, { maxOutputLength: length }).length === length) return;
  } catch (cause) {
    throw new PngError('is damaged', { cause });
  }
  throw new PngError('is cut off');
}

function assertPalette(header: Buffer, palette: Chunk | undefined): void {
  const indexed = header[9] === 3;
  if (indexed && (!palette || palette.data.length % 3 !== 0 || palette.data.length === 0)) throw new PngError('is damaged');
}
