import {
  clip,
  closePath,
  concatTransformationMatrix,
  endPath,
  lineTo,
  moveTo,
  popGraphicsState,
  pushGraphicsState,
  setLineWidth,
  stroke,
  type PDFFont,
  type PDFImage,
  type PDFOperator,
  type PDFPage,
} from 'pdf-lib';
import type { StampField } from './fields.ts';
import type { Materials } from './materials.ts';
import { frameOf, toFrame, type FrameRectangle, type PageFrame } from './page-frame.ts';
import { linesOf } from './text.ts';
import { ASCENT, DESCENT, LINE_HEIGHT, SIDE_BEARING, layOutLine, layOutParagraphs, type TextLayout } from './text-layout.ts';

/** Larger than this, dates and texts look like headlines; marks may fill their box. */
const TEXT_POINTS_MAX = 12;

/** Draws one field into its rectangle and, by a clip, nowhere else. */
export async function drawField(page: PDFPage, field: StampField, index: number, materials: Materials): Promise<void> {
  const frame = frameOf(page);
  const box = toFrame(frame, field.rectangle);
  // Before the first operator: drawing must not stop half way.
  const image = 'png' in field ? await materials.image(field.png, index) : undefined;
  const font = 'text' in field ? await materials.font(isMark(field) ? 'slanted' : 'upright') : undefined;
  page.pushOperators(pushGraphicsState(), concatTransformationMatrix(...frame.matrix), ...outline(box), clip(), endPath());
  if (image) drawImage(page, image, box);
  else if (field.kind === 'checkbox') page.pushOperators(...checkbox(box, field.checked));
  else if ('text' in field && font) drawText(page, field, box, frame, font);
  page.pushOperators(popGraphicsState());
}

function drawText(page: PDFPage, field: StampField & { readonly text: string }, box: FrameRectangle, frame: PageFrame, font: PDFFont): void {
  const paragraphs = linesOf(field.text);
  if (paragraphs.join('').trim() === '') return;
  const room = { ...box, sizeMax: isMark(field) ? box.height : TEXT_POINTS_MAX / frame.pointsPerUnit };
  const measure = characterWidths(font);
  const layout = isMark(field) ? layOutLine(paragraphs.join(' '), room, measure) : layOutParagraphs(paragraphs, room, measure);
  placeLines(page, layout, box, font);
}

function isMark({ kind }: StampField): boolean {
  return kind === 'signature' || kind === 'initials';
}

/** Left-aligned, and in the middle of the height. */
function placeLines(page: PDFPage, { lines, size }: TextLayout, box: FrameRectangle, font: PDFFont): void {
  const height = ((lines.length - 1) * LINE_HEIGHT + ASCENT + DESCENT) * size;
  const baseline = box.bottom + (box.height + height) / 2 - ASCENT * size;
  lines.forEach((line, row) => {
    page.drawText(line, { x: box.left + SIDE_BEARING * size, y: baseline - row * LINE_HEIGHT * size, size, font });
  });
}

/** Glyphs are drawn without kerning, so their widths are taken one by one as well. */
function characterWidths(font: PDFFont): (character: string) => number {
  const widths = new Map<string, number>();
  return (character) => {
    const known = widths.get(character) ?? font.widthOfTextAtSize(character, 1);
    widths.set(character, known);
    return known;
  };
}

/** As large as fits without distortion, in the middle. */
function drawImage(page: PDFPage, image: PDFImage, box: FrameRectangle): void {
  const { width, height } = image.scaleToFit(box.width, box.height);
  page.drawImage(image, { x: box.left + (box.width - width) / 2, y: box.bottom + (box.height - height) / 2, width, height });
}

/** A square with, when checked, a tick: drawn in both cases, so that the answer can be seen. */
function checkbox(box: FrameRectangle, checked: boolean): PDFOperator[] {
  const side = 0.9 * Math.min(box.width, box.height);
  const left = box.left + (box.width - side) / 2;
  const bottom = box.bottom + (box.height - side) / 2;
  const square = { left, bottom, width: side, height: side };
  const tick = [
    setLineWidth(side * 0.12),
    moveTo(left + side * 0.2, bottom + side * 0.5),
    lineTo(left + side * 0.42, bottom + side * 0.25),
    lineTo(left + side * 0.8, bottom + side * 0.78),
    stroke(),
  ];
  return [setLineWidth(side * 0.06), ...outline(square), stroke(), ...(checked ? tick : [])];
}

function outline({ left, bottom, width, height }: FrameRectangle): PDFOperator[] {
  return [moveTo(left, bottom), lineTo(left + width, bottom), lineTo(left + width, bottom + height), lineTo(left, bottom + height), closePath()];
}
