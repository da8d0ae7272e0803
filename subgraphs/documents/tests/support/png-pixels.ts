import { crc32, inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Whether anything but white is in the part of the image, given in fractions of its sides from the top left. */
  hasInk(left: number, top: number, right: number, bottom: number): boolean;
}

/** Reads a PNG of opaque, unfiltered RGB, checking every chunk's checksum. */
export function pixelsOf(png: Uint8Array): Pixels {
  const file = Buffer.from(png);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) throw new Error('a chunk does not match its checksum');
    chunks.set(file.toString('latin1', at + 4, at + 8), file.subarray(at + 8, end));
    at = end + 4;
  }
  const header = chunks.get('IHDR')!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(chunks.get('IDAT')!);
  if (rows.length !== height * (1 + width * 3)) throw new Error('the image has not the size it says');
  return {
    width,
    height,
    hasInk: (left, top, right, bottom) => {
      for (let y = Math.floor(top * height); y < bottom * height; y += 1) {
        const row = y * (1 + width * 3) + 1;
        const part = rows.subarray(row + Math.floor(left * width) * 3, row + Math.floor(right * width) * 3);
        if (part.some((level) => level < 200)) return true;
      }
      return false;
    },
  };
}
