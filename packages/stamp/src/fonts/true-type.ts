/** What is read of one TrueType font: where its tables are, which characters it has, and how wide its glyphs are. */
export class TrueType {
  readonly bytes: Buffer;
  readonly unitsPerEm: number;
  /** Around the ink of all glyphs: left, bottom, right, top. */
  readonly boundingBox: readonly number[];
  /** Degrees, negative for letters that lean to the right. */
  readonly italicAngle: number;
  readonly ascent: number;
  readonly descent: number;
  readonly glyphCount: number;
  readonly postScriptName: string;
  readonly #tables: ReadonlyMap<string, { readonly offset: number; readonly length: number }>;
  readonly #longOffsets: boolean;
  readonly #metricCount: number;
  readonly #glyphs: ReadonlyMap<number, number>;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.#tables = tableDirectory(bytes);
    const [head, hhea] = [this.table('head'), this.table('hhea')];
    this.unitsPerEm = head.readUInt16BE(18);
    this.#longOffsets = head.readInt16BE(50) === 1;
    this.boundingBox = [36, 38, 40, 42].map((at) => head.readInt16BE(at));
    this.italicAngle = this.table('post').readInt32BE(4) / 65536;
    this.ascent = hhea.readInt16BE(4);
    this.descent = hhea.readInt16BE(6);
    this.#metricCount = hhea.readUInt16BE(34);
    this.glyphCount = this.table('maxp').readUInt16BE(4);
    this.postScriptName = postScriptNameOf(this.table('name'));
    this.#glyphs = characterMap(this.table('cmap'));
  }

  /** The bytes of a table; empty when the font has no such table. */
  table(tag: string): Buffer {
    const entry = this.#tables.get(tag);
    return entry ? this.bytes.subarray(entry.offset, entry.offset + entry.length) : Buffer.alloc(0);
  }

  /** The glyph of a character; 0, which is the blank box, when the font has none. */
  glyphOf(codePoint: number): number {
    return this.#glyphs.get(codePoint) ?? 0;
  }

  /** The outline of a glyph as the file has it; empty for a glyph without ink. */
  outline(glyph: number): Buffer {
    const loca = this.table('loca');
    const at = (index: number): number => (this.#longOffsets ? loca.readUInt32BE(index * 4) : loca.readUInt16BE(index * 2) * 2);
    return this.table('glyf').subarray(at(glyph), at(glyph + 1));
  }

  /** The box around the ink of a glyph, in font units; without area for a glyph without ink. */
  box(glyph: number): { readonly left: number; readonly bottom: number; readonly right: number; readonly top: number } {
    const outline = this.outline(glyph);
    const at = (offset: number): number => (outline.length === 0 ? 0 : outline.readInt16BE(offset));
    return { left: at(2), bottom: at(4), right: at(6), top: at(8) };
  }

  /** Advance width and left side bearing, in font units. */
  metrics(glyph: number): { readonly advance: number; readonly bearing: number } {
    const hmtx = this.table('hmtx');
    const last = this.#metricCount - 1;
    const advance = hmtx.readUInt16BE(Math.min(glyph, last) * 4);
    const bearing = hmtx.readInt16BE(glyph <= last ? glyph * 4 + 2 : this.#metricCount * 4 + (glyph - this.#metricCount) * 2);
    return { advance, bearing };
  }
}

function tableDirectory(bytes: Buffer): Map<string, { offset: number; length: number }> {
  const tables = new Map<string, { offset: number; length: number }>();
  for (let at = 12; at < 12 + bytes.readUInt16BE(4) * 16; at += 16) {
    tables.set(bytes.toString('latin1', at, at + 4), { offset: bytes.readUInt32BE(at + 8), length: bytes.readUInt32BE(at + 12) });
  }
  return tables;
}

/** The PostScript name (name ID 6) of the Windows platform. */
function postScriptNameOf(name: Buffer): string {
  const strings = name.readUInt16BE(4);
  for (let at = 6; at < 6 + name.readUInt16BE(2) * 12; at += 12) {
    if (name.readUInt16BE(at) !== 3 || name.readUInt16BE(at + 6) !== 6) continue;
    const start = strings + name.readUInt16BE(at + 10);
    return Buffer.from(name.subarray(start, start + name.readUInt16BE(at + 8))).swap16().toString('utf16le');
  }
  return 'Font';
}

/** Character → glyph: of the table for all planes (format 12) where there is one, else for the basic plane (format 4). */
function characterMap(cmap: Buffer): Map<number, number> {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4)));
  const all = subtables.find((subtable) => subtable.readUInt16BE(0) === 12);
  const basic = subtables.find((subtable) => subtable.readUInt16BE(0) === 4);
  if (all) return groupsOf(all);
  return basic ? segmentsOf(basic) : new Map();
}

function groupsOf(subtable: Buffer): Map<number, number> {
  const map = new Map<number, number>();
  for (let group = 0; group < subtable.readUInt32BE(12); group++) {
    const at = 16 + group * 12;
    const [start, end, glyph] = [subtable.readUInt32BE(at), subtable.readUInt32BE(at + 4), subtable.readUInt32BE(at + 8)];
    for (let code = start; code <= end; code++) map.set(code, glyph + code - start);
  }
  return map;
}

function segmentsOf(subtable: Buffer): Map<number, number> {
  const map = new Map<number, number>();
  const length = subtable.readUInt16BE(6);
  for (let at = 14; at < 14 + length; at += 2) {
    const [end, start, delta, range] = [0, 1, 2, 3].map((part) => subtable.readUInt16BE(at + part * length + (part > 0 ? 2 : 0))) as [number, number, number, number];
    const rangeAt = at + 3 * length + 2;
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const direct = range === 0 ? code : subtable.readUInt16BE(rangeAt + range + 2 * (code - start));
      const glyph = direct === 0 ? 0 : (direct + delta) & 0xffff;
      if (glyph !== 0) map.set(code, glyph);
    }
  }
  return map;
}
