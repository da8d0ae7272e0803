import type { Style } from '../fonts/catalogue.ts';
import { BLACK, type Canvas, type Colour } from '../pdf/canvas.ts';
import type { FrameRectangle } from '../pdf/page-frame.ts';
import { spelledOut } from '../text/spelled-out.ts';
import { layOutParagraphs } from '../text/text-layout.ts';
import type { Typesetter } from '../text/typesetter.ts';

/** The few colours of the certificate; text keeps a contrast of 4.5 to 1 or more. */
export const INK: Colour = [0.09, 0.11, 0.16];
export const MUTED: Colour = [0.38, 0.41, 0.47];
export const ACCENT: Colour = [0.06, 0.3, 0.5];
export const RULE: Colour = [0.82, 0.84, 0.87];
export const WASH: Colour = [0.955, 0.965, 0.975];

/** A place for a text: `top` counts from the upper edge of the sheet. */
export interface TextBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly size: number;
  /** Lines it may take before it shrinks; one by default. */
  readonly lines?: number;
  readonly style?: Style;
  readonly colour?: Colour;
  readonly align?: 'left' | 'right';
}

const LEADING = 1.3;

/** A page that is set from the top down, in points. */
export class Sheet {
  readonly canvas: Canvas;
  readonly #height: number;
  readonly #typesetter: Typesetter;

  constructor(canvas: Canvas, height: number, typesetter: Typesetter) {
    this.canvas = canvas;
    this.#height = height;
    this.#typesetter = typesetter;
  }

  /** Sets a text and tells the height it took. Columns begin on the left, whatever the direction of the script. */
  text(text: string, { left, top, width, size, lines = 1, style = 'regular', colour = BLACK, align = 'left' }: TextBox): number {
    const room = { width, height: size * (1 + (lines - 1) * LEADING), sizeMax: size, style };
    const layout = layOutParagraphs([spelledOut(text)], room, this.#typesetter);
    layout.lines.forEach((line, row) => {
      const x = align === 'left' ? left - line.ink.left * layout.size : left + width - line.width * layout.size;
      this.canvas.line(line, x, this.#height - top - size * 0.8 - row * layout.leading, layout.size, colour);
    });
    return size + (layout.lines.length - 1) * layout.leading;
  }

  width(text: string, size: number, style: Style = 'regular'): number {
    return this.#typesetter.lineOf(spelledOut(text), style).width * size;
  }

  rule(left: number, top: number, width: number, thickness = 0.6, colour: Colour = RULE): void {
    this.canvas.fill([this.box(left, top, width, thickness)], colour);
  }

  /** A box whose upper edge lies `top` below that of the sheet. */
  box(left: number, top: number, width: number, height: number): FrameRectangle {
    return { left, bottom: this.#height - top - height, width, height };
  }
}
