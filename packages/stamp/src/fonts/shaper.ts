import type * as HarfBuzz from 'harfbuzzjs';
import { bidi } from '../text/bidi.ts';
import { INVISIBLE } from '../text/characters.ts';
import type { Typeface } from './catalogue.ts';

/** One glyph in its place, in units of the font; x grows to the right, and the glyphs come from left to right. */
export interface ShapedGlyph {
  readonly glyph: number;
  /** The characters that copying this glyph gives; what several glyphs show together is divided among them. */
  readonly text: string;
  readonly advance: number;
  /** From the pen position to the origin of the glyph. */
  readonly dx: number;
  readonly dy: number;
}

type Placed = HarfBuzz.GlyphInfo & Partial<HarfBuzz.GlyphPosition>;

/** Chooses and places glyphs: ligatures, joined letters, marks on their bases, kerning, mirrored brackets. */
export class Shaper {
  readonly #library: typeof HarfBuzz;
  readonly #fonts = new Map<string, HarfBuzz.Font>();
  readonly #buffer: HarfBuzz.Buffer;

  constructor(library: typeof HarfBuzz) {
    this.#library = library;
    this.#buffer = new library.Buffer();
  }

  /** @param text Characters of one font and one direction, in logical order. */
  shape(typeface: Typeface, text: string, rightToLeft: boolean): ShapedGlyph[] {
    const { BufferFlag, ClusterLevel, Direction, shape } = this.#library;
    const buffer = this.#buffer;
    buffer.reset();
    buffer.setClusterLevel(ClusterLevel.MONOTONE_CHARACTERS);
    buffer.setFlags(BufferFlag.REMOVE_DEFAULT_IGNORABLES | BufferFlag.DO_NOT_INSERT_DOTTED_CIRCLE);
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(rightToLeft ? Direction.RTL : Direction.LTR);
    shape(this.#font(typeface), buffer);
    const placed = buffer.getGlyphInfosAndPositions();
    const texts = textsOf(placed, text, rightToLeft);
    return placed.map(({ codepoint, xAdvance = 0, xOffset = 0, yOffset = 0 }, index) => {
      return { glyph: codepoint, text: texts[index] ?? '', advance: xAdvance, dx: xOffset, dy: yOffset };
    });
  }

  #font(typeface: Typeface): HarfBuzz.Font {
    const { Blob, Face, Font } = this.#library;
    const font = this.#fonts.get(typeface.key) ?? new Font(new Face(new Blob(typeface.font.bytes)));
    this.#fonts.set(typeface.key, font);
    return font;
  }
}

/**
 * Glyphs and characters that belong together share a cluster: the index of its first character. Read in the direction
 * of the text, the glyphs get its characters one by one and the last of them the rest, so that copying gives the text.
 */
function textsOf(placed: readonly Placed[], text: string, rightToLeft: boolean): string[] {
  const order = placed.map((_, index) => (rightToLeft ? placed.length - 1 - index : index));
  const starts = [...new Set(placed.map(({ cluster }) => cluster))].sort((a, b) => a - b);
  // Readers turn brackets of such runs around when they copy.
  const shown = (character: string): string => (rightToLeft && bidi().getMirroredCharacter(character)) || character;
  const texts: string[] = [];
  starts.forEach((start, index) => {
    const glyphs = order.filter((at) => placed[at]?.cluster === start);
    const characters = [...text.slice(start, starts[index + 1])].filter((character) => !INVISIBLE.test(character)).map(shown);
    // Of a letter that is taken apart, the dots stand for nothing by themselves.
    const wide = glyphs.filter((at) => (placed[at]?.xAdvance ?? 0) > 0);
    const carriers = characters.length < glyphs.length && wide.length > 0 ? wide : glyphs;
    carriers.forEach((at, position) => {
      texts[at] = position === carriers.length - 1 ? characters.slice(position).join('') : (characters[position] ?? '');
    });
  });
  return texts;
}

let shaper: Promise<Shaper> | undefined;

/** One for the process, made when the first text is drawn: the library takes memory nobody needs before. */
export function loadShaper(): Promise<Shaper> {
  return (shaper ??= import('harfbuzzjs').then((library) => new Shaper(library)));
}
