import { handwriting, typefaces, type Style, type Typeface } from '../fonts/catalogue.ts';
import { bidi } from './bidi.ts';
import { clustersOf, typefaceFor } from './text.ts';

/** Characters of one font and one direction. */
export interface Run {
  readonly typeface: Typeface;
  readonly text: string;
  /** Embedding level (UAX 9): odd levels run from right to left. */
  readonly level: number;
}

/** A stretch of text between two places where a line may break. */
export interface Piece {
  readonly start: number;
  /** Without the spaces that follow. */
  readonly end: number;
}

let segmenter: Intl.Segmenter | undefined;
/** Scripts that are written without spaces between words. */
const UNSPACED = /\p{Script=Thai}/u;

/** One paragraph without line ends: which font and which direction each of its characters has. */
export class Paragraph {
  readonly text: string;
  readonly isRightToLeft: boolean;
  readonly #levels: Uint8Array;
  readonly #typefaces: readonly (Typeface | undefined)[];

  constructor(text: string, style: Style) {
    this.text = text;
    const { levels, paragraphs } = bidi().getEmbeddingLevels(text);
    this.#levels = levels;
    this.isRightToLeft = (paragraphs[0]?.level ?? 0) % 2 === 1;
    this.#typefaces = typefacesOf(text, style);
  }

  /** The runs of a stretch in logical order. */
  runs(start: number, end: number): Run[] {
    const runs: Run[] = [];
    for (let from = start; from < end; ) {
      const [typeface, level] = [this.#typefaces[from], this.#levels[from] ?? 0];
      let to = from + 1;
      while (to < end && this.#typefaces[to] === typeface && this.#levels[to] === level) to++;
      if (typeface) runs.push({ typeface, level, text: this.text.slice(from, to) });
      from = to;
    }
    return runs;
  }

  /** Lines may break at spaces, and between words of scripts that have none. */
  pieces(): Piece[] {
    const pieces: Piece[] = [];
    for (const { index, 0: word } of this.text.matchAll(/[^ ]+/g)) {
      const parts = UNSPACED.test(word) ? wordsOf(word) : [word];
      let at = index;
      for (const part of parts) pieces.push({ start: at, end: (at += part.length) });
    }
    return pieces;
  }
}

function wordsOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('th', { granularity: 'word' });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** The order in which the runs of one line are seen from left to right (UAX 9, rule L2). */
export function inVisualOrder(runs: readonly Run[]): Run[] {
  const order = [...runs];
  const levels = runs.map(({ level }) => level);
  for (let level = Math.max(0, ...levels); level > 0; level--) {
    for (let from = 0; from < order.length; from++) {
      let to = from;
      while ((order[to]?.level ?? -1) >= level) to++;
      if (to > from) order.splice(from, to - from, ...order.slice(from, to).reverse());
      from = to;
    }
  }
  return order;
}

/** The font of every code unit. Spaces go with what stands before them, so that they part no run. */
function typefacesOf(text: string, style: Style): (Typeface | undefined)[] {
  const fonts = fontsFor(text, style);
  const result: (Typeface | undefined)[] = [];
  let before: Typeface | undefined;
  for (const cluster of clustersOf(text)) {
    const follows = /^[\s\p{Default_Ignorable_Code_Point}]+$/u.test(cluster.text) && before && typefaceFor(cluster.text, [before]);
    before = follows || typefaceFor(cluster.text, fonts);
    for (let unit = 0; unit < cluster.text.length; unit++) result.push(before);
  }
  return result;
}

function fontsFor(text: string, style: Style): readonly Typeface[] {
  const hand = handwriting();
  if (style === 'mark' && clustersOf(text).every((cluster) => typefaceFor(cluster.text, [hand]))) return [hand];
  return typefaces(style);
}
