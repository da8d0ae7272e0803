import {
  PDFNumber,
  PDFOperator,
  PDFOperatorNames,
  beginText,
  clip,
  closePath,
  concatTransformationMatrix,
  drawObject,
  endPath,
  endText,
  fill,
  lineTo,
  moveTo,
  popGraphicsState,
  pushGraphicsState,
  setFillingRgbColor,
  setFontAndSize,
  setLineWidth,
  setStrokingRgbColor,
  setTextMatrix,
  setTextRise,
  stroke,
  type PDFImage,
  type PDFName,
  type PDFPage,
  type PDFRef,
} from 'pdf-lib';
import type { ShapedGlyph } from '../fonts/shaper.ts';
import type { ShapedRun, Line } from '../text/typesetter.ts';
import type { DocumentFont, DocumentFonts } from './document-fonts.ts';
import type { FrameRectangle, Matrix } from './page-frame.ts';

/** Red, green and blue from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number];

export const BLACK: Colour = [0, 0, 0];

/** Draws on a page: what the library has no words for, glyphs above all, and nothing that depends on what came before. */
export class Canvas {
  readonly #page: PDFPage;
  readonly #fonts: DocumentFonts;
  readonly #names = new Map<PDFRef, PDFName>();

  constructor(page: PDFPage, fonts: DocumentFonts) {
    this.#page = page;
    this.#fonts = fonts;
  }

  /** Draws in another coordinate system and, by a clip, inside of a box only. */
  within(matrix: Matrix, box: FrameRectangle, draw: () => void): void {
    this.#push(pushGraphicsState(), concatTransformationMatrix(...matrix), ...outline(box), clip(), endPath());
    draw();
    this.#push(popGraphicsState());
  }

  /** A line of text from its start on the baseline. */
  line({ runs }: Line, x: number, baseline: number, size: number, colour: Colour = BLACK): void {
    this.#push(beginText(), setFillingRgbColor(...colour));
    let pen = x;
    for (const run of runs) {
      const font = this.#fonts.font(run.typeface);
      const scale = size / run.typeface.font.unitsPerEm;
      this.#push(setFontAndSize(this.#name(font.reference, 'Font'), size), setTextMatrix(1, 0, 0, 1, pen, baseline), ...glyphs(run, font, scale));
      pen += run.glyphs.reduce((total, { advance }) => total + advance, 0) * scale;
    }
    this.#push(endText());
  }

  image(image: PDFImage, { left, bottom, width, height }: FrameRectangle): void {
    this.#push(pushGraphicsState(), concatTransformationMatrix(width, 0, 0, height, left, bottom), drawObject(this.#name(image.ref, 'XObject')), popGraphicsState());
  }

  /** Filled rectangles, all in one path. */
  fill(boxes: readonly FrameRectangle[], colour: Colour): void {
    this.#push(setFillingRgbColor(...colour), ...boxes.flatMap(outline), fill());
  }

  /** The edge of a box. */
  frame(box: FrameRectangle, lineWidth: number, colour: Colour = BLACK): void {
    this.#push(setStrokingRgbColor(...colour), setLineWidth(lineWidth), ...outline(box), stroke());
  }

  /** A line through these points. */
  path(points: readonly (readonly [x: number, y: number])[], lineWidth: number, colour: Colour = BLACK): void {
    const steps = points.map(([x, y], index) => (index === 0 ? moveTo(x, y) : lineTo(x, y)));
    this.#push(setStrokingRgbColor(...colour), setLineWidth(lineWidth), ...steps, stroke());
  }

  #push(...operators: PDFOperator[]): void {
    this.#page.pushOperators(...operators);
  }

  #name(reference: PDFRef, kind: 'Font' | 'XObject'): PDFName {
    const { node } = this.#page;
    const known = this.#names.get(reference) ?? (kind === 'Font' ? node.newFontDictionary('F', reference) : node.newXObject('X', reference));
    this.#names.set(reference, known);
    return known;
  }
}

function outline({ left, bottom, width, height }: FrameRectangle): PDFOperator[] {
  return [moveTo(left, bottom), lineTo(left + width, bottom), lineTo(left + width, bottom + height), lineTo(left, bottom + height), closePath()];
}

interface PlacedGlyph extends ShapedGlyph {
  /** Where the pen is, in units of the font. */
  readonly pen: number;
}

function placed(shaped: readonly ShapedGlyph[]): PlacedGlyph[] {
  let pen = 0;
  const glyphs = shaped.map((glyph) => ({ ...glyph, pen: (pen += glyph.advance) - glyph.advance }));
  // Dots that are glyphs of their own come last: between letters, readers that copy take them for the end of a word.
  return [...glyphs.filter(({ text }) => text !== ''), ...glyphs.filter(({ text }) => text === '')];
}

/** Shows glyphs by their codes, and moves by the difference wherever the font's own widths lead elsewhere (9.4.3). */
function glyphs({ typeface, glyphs: shaped }: ShapedRun, font: DocumentFont, scale: number): PDFOperator[] {
  const operators: PDFOperator[] = [];
  const thousandths = 1000 / typeface.font.unitsPerEm;
  let [parts, codes, rise, at] = ['', '', 0, 0];
  const flush = (): void => {
    const array = `${parts}${codes && `<${codes}>`}`;
    if (array) operators.push(PDFOperator.of(PDFOperatorNames.ShowTextAdjusted, [`[${array}]`]));
    [parts, codes] = ['', ''];
  };
  for (const { glyph, text, pen, dx, dy } of placed(shaped)) {
    if (dy !== rise) {
      flush();
      operators.push(setTextRise((rise = dy) * scale));
    }
    const step = Math.round((at - pen - dx) * thousandths);
    if (step !== 0) [parts, codes] = [`${parts}${codes && `<${codes}>`}${PDFNumber.of(step)}`, ''];
    codes += font.code(glyph, text).toString(16).padStart(4, '0');
    at = pen + dx + typeface.font.metrics(glyph).advance;
  }
  flush();
  // The rise would hold for the next run as well.
  return rise === 0 ? operators : [...operators, setTextRise(0)];
}
