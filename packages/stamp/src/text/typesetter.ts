import type { Style, Typeface } from '../fonts/catalogue.ts';
import type { ShapedGlyph, Shaper } from '../fonts/shaper.ts';
import { Paragraph, inVisualOrder, type Run } from './paragraph.ts';

export interface ShapedRun {
  readonly typeface: Typeface;
  readonly glyphs: readonly ShapedGlyph[];
}

/** A line as it is seen from left to right; lengths at a font size of 1. */
export interface Line {
  readonly runs: readonly ShapedRun[];
  readonly isRightToLeft: boolean;
  /** Sum of the advance widths. */
  readonly width: number;
  /** What the ink covers, from the start of the baseline: it may leave the advance widths on all sides. */
  readonly ink: Extent;
}

export interface Extent {
  readonly left: number;
  readonly right: number;
  /** Above the baseline. */
  readonly top: number;
  /** Below the baseline: negative where there are descenders. */
  readonly bottom: number;
}

/** Turns text into glyphs. What was shaped once is kept for as long as one document is drawn. */
export class Typesetter {
  readonly #shaper: Shaper;
  readonly #shaped = new Map<string, readonly ShapedGlyph[]>();

  constructor(shaper: Shaper) {
    this.#shaper = shaper;
  }

  /** Width of a stretch of a paragraph at a font size of 1. */
  width(paragraph: Paragraph, start: number, end: number): number {
    return sum(paragraph.runs(start, end).map((run) => this.#widthOf(run)));
  }

  line(paragraph: Paragraph, start = 0, end = paragraph.text.length): Line {
    const runs = inVisualOrder(paragraph.runs(start, end)).map((run) => ({ typeface: run.typeface, glyphs: this.#shape(run) }));
    return { runs, isRightToLeft: paragraph.isRightToLeft, width: sum(runs.map(widthOf)), ink: inkOf(runs) };
  }

  /** A text without line ends as one line. */
  lineOf(text: string, style: Style): Line {
    return this.line(new Paragraph(text.normalize('NFC'), style));
  }

  #widthOf(run: Run): number {
    return widthOf({ typeface: run.typeface, glyphs: this.#shape(run) });
  }

  #shape({ typeface, text, level }: Run): readonly ShapedGlyph[] {
    const isRightToLeft = level % 2 === 1;
    const key = `${typeface.key} ${isRightToLeft ? '<' : '>'}${text}`;
    const known = this.#shaped.get(key) ?? this.#shaper.shape(typeface, text, isRightToLeft);
    this.#shaped.set(key, known);
    return known;
  }
}

function widthOf({ typeface, glyphs }: ShapedRun): number {
  return sum(glyphs.map(({ advance }) => advance)) / typeface.font.unitsPerEm;
}

function inkOf(runs: readonly ShapedRun[]): Extent {
  let [left, right, top, bottom] = [0, 0, 0, 0];
  let pen = 0;
  for (const { typeface, glyphs } of runs) {
    const em = typeface.font.unitsPerEm;
    for (const { glyph, advance, dx, dy } of glyphs) {
      const box = typeface.font.box(glyph);
      left = Math.min(left, pen + (box.left + dx) / em);
      right = Math.max(right, pen + (box.right + dx) / em);
      top = Math.max(top, (box.top + dy) / em);
      bottom = Math.min(bottom, (box.bottom + dy) / em);
      pen += advance / em;
    }
  }
  return { left, right, top, bottom };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
