/** Advance width of one character at a font size of 1. */
export type MeasureCharacter = (character: string) => number;

export interface TextLayout {
  readonly size: number;
  readonly lines: readonly string[];
}

/** Parts of the font size above and below the baseline that glyphs of the standard fonts may reach. */
export const ASCENT = 0.93;
export const DESCENT = 0.23;
export const LINE_HEIGHT = 1.2;
/** Slanted glyphs lean out of their advance width by up to this part of the font size. */
export const SIDE_BEARING = 0.2;

const SHRINK = 0.95;

interface Room {
  readonly width: number;
  readonly height: number;
  readonly sizeMax: number;
}

/** The largest size up to `sizeMax` at which the text fits on one line. It always fits: a name never blocks sealing. */
export function layOutLine(text: string, room: Room, measure: MeasureCharacter): TextLayout {
  const width = widthOf(text, measure) + 2 * SIDE_BEARING;
  const size = Math.min(room.sizeMax, room.height / (ASCENT + DESCENT), room.width / width);
  return { size, lines: [text] };
}

/** The largest size up to `sizeMax` at which the text, wrapped at spaces, fits. */
export function layOutParagraphs(paragraphs: readonly string[], room: Room, measure: MeasureCharacter): TextLayout {
  const words = paragraphs.map((paragraph) => paragraph.split(' ').map((text) => ({ text, width: widthOf(text, measure) })));
  const space = measure(' ');
  for (let size = Math.min(room.sizeMax, room.height / (ASCENT + DESCENT)); ; size *= SHRINK) {
    const widthMax = room.width / size - 2 * SIDE_BEARING;
    const lines = words.flatMap((paragraph) => wrap(paragraph, space, widthMax));
    const height = (lines.length - 1) * LINE_HEIGHT + ASCENT + DESCENT;
    const widest = Math.max(...lines.map((line) => line.width));
    if (widest <= widthMax && height * size <= room.height) return { size, lines: lines.map((line) => line.text) };
  }
}

interface Word {
  readonly text: string;
  readonly width: number;
}

function wrap(words: readonly Word[], space: number, widthMax: number): Word[] {
  const lines: Word[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line && line.width + space + word.width <= widthMax) {
      lines[lines.length - 1] = { text: `${line.text} ${word.text}`, width: line.width + space + word.width };
    } else {
      lines.push(word);
    }
  }
  return lines;
}

function widthOf(text: string, measure: MeasureCharacter): number {
  let width = 0;
  for (const character of text) width += measure(character);
  return width;
}
