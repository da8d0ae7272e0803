import { crc32, deflateSync } from 'node:zlib';

export type Colour = readonly [red: number, green: number, blue: number];

/** A PNG of the given rows of pixels; `claimedSize` makes its header claim another width and height. */
export function png(rows: readonly (readonly Colour[])[], claimedSize?: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claimedSize ?? rows[0]?.length ?? 0, 0);
  header.writeUInt32BE(claimedSize ?? rows.length, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = Buffer.from(rows.flatMap((row) => [0, ...row.flat()]));
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const RED: Colour = [255, 0, 0];
const GREEN: Colour = [0, 255, 0];
const BLUE: Colour = [0, 0, 255];
const BLACK: Colour = [0, 0, 0];

/** Four coloured quarters, by which a picture tells whether it is turned or mirrored. */
export const QUARTERS = { topLeft: RED, topRight: GREEN, bottomLeft: BLUE, bottomRight: BLACK } as const;

export function quartersPng(pixels = 40): Uint8Array {
  const half = pixels / 2;
  const row = (left: Colour, right: Colour): Colour[] => [...Array<Colour>(half).fill(left), ...Array<Colour>(half).fill(right)];
  return png([...Array<Colour[]>(half).fill(row(RED, GREEN)), ...Array<Colour[]>(half).fill(row(BLUE, BLACK))]);
}
