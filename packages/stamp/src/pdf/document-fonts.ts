import { createHash } from 'node:crypto';
import { PDFHexString, PDFString, type PDFDocument, type PDFRef } from 'pdf-lib';
import type { Typeface } from '../fonts/catalogue.ts';
import { subset } from '../fonts/subset.ts';

/** Entries of one block of a character map at most (Adobe technical note 5014). */
const CMAP_BLOCK_MAX = 100;
/** Symbolic (ISO 32000-1, table 123): glyphs are chosen by number, not by a standard encoding. */
const SYMBOLIC = 4;

/** The fonts of one document: each is embedded once, with only the glyphs that were drawn, when all is drawn. */
export class DocumentFonts {
  readonly #document: PDFDocument;
  readonly #fonts = new Map<string, DocumentFont>();

  constructor(document: PDFDocument) {
    this.#document = document;
  }

  font(typeface: Typeface): DocumentFont {
    const font = this.#fonts.get(typeface.key) ?? new DocumentFont(typeface, this.#document.context.nextRef());
    this.#fonts.set(typeface.key, font);
    return font;
  }

  /** Writes the fonts; nothing can be drawn with them afterwards. */
  embed(): void {
    for (const font of this.#fonts.values()) font.embed(this.#document);
    this.#fonts.clear();
  }
}

/** A composite font (ISO 32000-1, 9.7) whose codes are the numbers of its glyphs. */
export class DocumentFont {
  readonly reference: PDFRef;
  readonly #typeface: Typeface;
  /** Glyph 0, the blank box, has to be there and is never drawn. */
  readonly #glyphs: { readonly glyph: number; readonly text: string }[] = [{ glyph: 0, text: '' }];
  readonly #codes = new Map<string, number>();

  constructor(typeface: Typeface, reference: PDFRef) {
    this.#typeface = typeface;
    this.reference = reference;
  }

  /** The code of a glyph that stands for a text. One glyph gets a code for every text, so that copying gives the right one. */
  code(glyph: number, text: string): number {
    const key = `${glyph} ${text}`;
    const code = this.#codes.get(key) ?? this.#glyphs.push({ glyph, text }) - 1;
    this.#codes.set(key, code);
    return code;
  }

  embed(document: PDFDocument): void {
    const { context } = document;
    const { font } = this.#typeface;
    const glyphs = this.#glyphs.map(({ glyph }) => glyph);
    const program = subset(font, glyphs);
    // A tag that follows from the subset: the same text always gives the same file.
    const tag = [...createHash('sha256').update(program).digest().subarray(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join('');
    const name = `${tag}+${font.postScriptName}`;
    const descendant = context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      CIDToGIDMap: 'Identity',
      FontDescriptor: context.register(context.obj(this.#descriptor(document, name, program))),
      W: [0, glyphs.map((glyph) => this.#thousandths(font.metrics(glyph).advance))],
    });
    const toUnicode = context.register(context.flateStream(characterMap(this.#glyphs.map(({ text }) => text))));
    const DescendantFonts = [context.register(descendant)];
    context.assign(this.reference, context.obj({ Type: 'Font', Subtype: 'Type0', BaseFont: name, Encoding: 'Identity-H', DescendantFonts, ToUnicode: toUnicode }));
  }

  #descriptor({ context }: PDFDocument, name: string, program: Buffer) {
    const { font } = this.#typeface;
    return {
      Type: 'FontDescriptor',
      FontName: name,
      Flags: SYMBOLIC,
      FontBBox: font.boundingBox.map((units) => this.#thousandths(units)),
      ItalicAngle: font.italicAngle,
      Ascent: this.#thousandths(font.ascent),
      Descent: this.#thousandths(font.descent),
      CapHeight: this.#thousandths(font.ascent),
      StemV: 80,
      FontFile2: context.register(context.flateStream(program, { Length1: program.length })),
    };
  }

  #thousandths(units: number): number {
    return Math.round((units * 1000) / this.#typeface.font.unitsPerEm);
  }
}

/** What a glyph without a text of its own is copied as: without any, readers make up a character. */
const ZERO_WIDTH_SPACE = '\u200b';

/** Code → text (ISO 32000-1, 9.10.3), for copying and searching. */
function characterMap(texts: readonly string[]): string {
  const hex = (text: string): string => PDFHexString.of(Buffer.from(text, 'utf16le').swap16().toString('hex')).toString();
  const entries = texts.slice(1).map((text, index) => `<${(index + 1).toString(16).padStart(4, '0')}> ${hex(text || ZERO_WIDTH_SPACE)}`);
  const blocks = Array.from({ length: Math.ceil(entries.length / CMAP_BLOCK_MAX) }, (_, index) => entries.slice(index * CMAP_BLOCK_MAX, (index + 1) * CMAP_BLOCK_MAX));
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks.map((block) => `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`),
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}
