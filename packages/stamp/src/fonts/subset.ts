import type { TrueType } from './true-type.ts';

/** Tables a glyph's hinting needs; copied whole where a font has them. */
const HINTING = ['cvt ', 'fpgm', 'prep'] as const;
/** Flags of a component (OpenType, glyf): sizes of what follows, and whether another comes. */
const WORDS = 0x0001;
const SCALE = 0x0008;
const MORE = 0x0020;
const TWO_SCALES = 0x0040;
const MATRIX = 0x0080;

/**
 * A TrueType font of the given glyphs of `font`, numbered in this order from 0 on (the first should be glyph 0, which
 * shows what is missing); parts of composed glyphs come after them. The same glyphs always give the same bytes.
 */
export function subset(font: TrueType, glyphs: readonly number[]): Buffer {
  const all = [...glyphs];
  const numbers = new Map<number, number>();
  all.forEach((glyph, number) => numbers.has(glyph) || numbers.set(glyph, number));
  const outlines: Buffer[] = [];
  // Grows while it is walked: parts may have parts of their own.
  for (const glyph of all) {
    outlines.push(renumbered(font.outline(glyph), (part) => {
      const known = numbers.get(part);
      if (known !== undefined) return known;
      numbers.set(part, all.length);
      return all.push(part) - 1;
    }));
  }
  return fontFile(font, all, outlines);
}

function fontFile(font: TrueType, glyphs: readonly number[], outlines: readonly Buffer[]): Buffer {
  const padded = outlines.map((outline) => Buffer.concat([outline, Buffer.alloc(-outline.length & 3)]));
  const loca = Buffer.alloc((glyphs.length + 1) * 4);
  padded.reduce((offset, outline, index) => loca.writeUInt32BE(offset + outline.length, (index + 1) * 4) && offset + outline.length, 0);
  const head = Buffer.from(font.table('head'));
  head.writeUInt32BE(0, 8);
  head.writeInt16BE(1, 50);
  const hhea = Buffer.from(font.table('hhea'));
  hhea.writeUInt16BE(glyphs.length, 34);
  const maxp = Buffer.from(font.table('maxp'));
  maxp.writeUInt16BE(glyphs.length, 4);
  const hinting = HINTING.flatMap((tag) => (font.table(tag).length > 0 ? [[tag, font.table(tag)] as const] : []));
  return assembled([...hinting, ['glyf', Buffer.concat(padded)], ['head', head], ['hhea', hhea], ['hmtx', metrics(font, glyphs)], ['loca', loca], ['maxp', maxp]]);
}

function metrics(font: TrueType, glyphs: readonly number[]): Buffer {
  const hmtx = Buffer.alloc(glyphs.length * 4);
  glyphs.forEach((glyph, index) => {
    const { advance, bearing } = font.metrics(glyph);
    hmtx.writeUInt16BE(advance, index * 4);
    hmtx.writeInt16BE(bearing, index * 4 + 2);
  });
  return hmtx;
}

/** A composed glyph names its parts by number. */
function renumbered(outline: Buffer, numberOf: (glyph: number) => number): Buffer {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return outline;
  const copy = Buffer.from(outline);
  for (let at = 10, flags = MORE; flags & MORE; ) {
    flags = copy.readUInt16BE(at);
    copy.writeUInt16BE(numberOf(copy.readUInt16BE(at + 2)), at + 2);
    const transform = flags & SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0;
    at += 4 + (flags & WORDS ? 4 : 2) + transform;
  }
  return copy;
}

/** Tables must come sorted by tag (OpenType, table directory). */
function assembled(tables: readonly (readonly [tag: string, content: Buffer])[]): Buffer {
  const log = Math.floor(Math.log2(tables.length));
  const header = Buffer.alloc(12 + tables.length * 16);
  header.writeUInt32BE(0x00010000, 0);
  [tables.length, 16 << log, log, tables.length * 16 - (16 << log)].forEach((value, index) => header.writeUInt16BE(value, 4 + index * 2));
  const parts = [header];
  let offset = header.length;
  let headAt = 0;
  tables.forEach(([tag, content], index) => {
    const padded = Buffer.concat([content, Buffer.alloc(-content.length & 3)]);
    const at = 12 + index * 16;
    header.write(tag, at, 'latin1');
    [checksum(padded), offset, content.length].forEach((value, column) => header.writeUInt32BE(value, at + 4 + column * 4));
    if (tag === 'head') headAt = offset;
    parts.push(padded);
    offset += padded.length;
  });
  const file = Buffer.concat(parts);
  file.writeUInt32BE((0xb1b0afba - checksum(file)) >>> 0, headAt + 8);
  return file;
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}
