import type { Style } from '../fonts/catalogue.ts';
import { Paragraph, type Piece } from './paragraph.ts';
import type { Line, Typesetter } from './typesetter.ts';

/** Lines of one size with their distances, in the units of the room they were laid out for. */
export interface TextLayout {
  readonly size: number;
  readonly lines: readonly Line[];
  /** From the top of the block to its first baseline, and from its last baseline to its bottom. */
  readonly ascent: number;
  readonly descent: number;
  /** From one baseline to the next. */
  readonly leading: number;
}

export interface Room {
  readonly width: number;
  readonly height: number;
  readonly sizeMax: number;
  readonly style: Style;
}

/** Letters without accents and tails still take this part of the font size, so that equal boxes get equal sizes. */
const ASCENT_MIN = 0.76;
const DESCENT_MIN = 0.24;
const LINE_HEIGHT = 1.3;
/** Left free at both ends of a line, as a part of the font size. */
export const SIDE_BEARING = 0.1;

const SHRINK = 0.95;

/** The largest size up to `sizeMax` at which the text fits on one line. It always fits: a name never blocks sealing. */
export function layOutLine(text: string, room: Room, typesetter: Typesetter): TextLayout {
  return fitted([typesetter.lineOf(text, room.style)], Math.min(room.sizeMax, Infinity), room);
}

/** The largest size up to `sizeMax` at which the text, wrapped where lines may break, fits. */
export function layOutParagraphs(texts: readonly string[], room: Room, typesetter: Typesetter): TextLayout {
  const paragraphs = texts.map((text) => measured(new Paragraph(text, room.style), typesetter));
  for (let size = Math.min(room.sizeMax, room.height / (ASCENT_MIN + DESCENT_MIN)); ; size *= SHRINK) {
    const widthMax = room.width / size - 2 * SIDE_BEARING;
    const stretches = paragraphs.flatMap((paragraph) => wrap(paragraph, widthMax));
    const height = ((stretches.length - 1) * LINE_HEIGHT + ASCENT_MIN + DESCENT_MIN) * size;
    if (height > room.height || stretches.some(({ width }) => width > widthMax)) continue;
    const lines = stretches.map(({ paragraph, start, end }) => typesetter.line(paragraph, start, end));
    // Stacked marks may reach higher than a line is expected to: the ink decides.
    return fitted(lines, size, room);
  }
}

function fitted(lines: readonly Line[], size: number, room: Room): TextLayout {
  const ascent = Math.max(ASCENT_MIN, ...lines.map(({ ink }) => ink.top));
  const descent = Math.max(DESCENT_MIN, ...lines.map(({ ink }) => -ink.bottom));
  const leading = Math.max(LINE_HEIGHT, ascent + descent + 0.05);
  const width = Math.max(...lines.map(widthOf)) + 2 * SIDE_BEARING;
  const height = (lines.length - 1) * leading + ascent + descent;
  const fits = Math.min(size, room.width / width, room.height / height);
  return { size: fits, lines, ascent: ascent * fits, descent: descent * fits, leading: leading * fits };
}

/** With the ink that leans out of the advance widths. */
export function widthOf({ width, ink }: Line): number {
  return Math.max(width, ink.right) - ink.left;
}

interface Measured {
  readonly paragraph: Paragraph;
  readonly pieces: readonly (Piece & { readonly width: number })[];
  readonly space: number;
}

function measured(paragraph: Paragraph, typesetter: Typesetter): Measured {
  const pieces = paragraph.pieces().map((piece) => ({ ...piece, width: typesetter.width(paragraph, piece.start, piece.end) }));
  return { paragraph, pieces, space: typesetter.lineOf(' ', 'regular').width };
}

interface Stretch extends Piece {
  readonly paragraph: Paragraph;
  readonly width: number;
}

function wrap({ paragraph, pieces, space }: Measured, widthMax: number): Stretch[] {
  const lines: Stretch[] = [];
  for (const piece of pieces) {
    const line = lines.at(-1);
    const width = line ? line.width + (piece.start - line.end) * space + piece.width : Infinity;
    if (line && width <= widthMax) lines[lines.length - 1] = { ...line, end: piece.end, width };
    else lines.push({ ...piece, paragraph });
  }
  return lines.length > 0 ? lines : [{ paragraph, start: 0, end: 0, width: 0 }];
}
