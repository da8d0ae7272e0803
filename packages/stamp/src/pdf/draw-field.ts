import type { PDFImage } from 'pdf-lib';
import type { FieldContent } from '../fields.ts';
import { linesOf } from '../text/text.ts';
import { SIDE_BEARING, layOutLine, layOutParagraphs, widthOf, type TextLayout } from '../text/text-layout.ts';
import type { Typesetter } from '../text/typesetter.ts';
import type { Canvas } from './canvas.ts';
import type { FrameRectangle } from './page-frame.ts';

/** Larger than this, dates and texts look like headlines; marks may fill their box. */
const TEXT_POINTS_MAX = 12;

/** What fields are drawn with. The image is there before the first operator: drawing must not stop half way. */
export interface FieldTools {
  readonly canvas: Canvas;
  readonly typesetter: Typesetter;
  readonly image: PDFImage | undefined;
  /** Points (1/72 inch) per unit of the box. */
  readonly pointsPerUnit: number;
}

/** Draws what one field shall show into a box. */
export function drawField(field: FieldContent, box: FrameRectangle, { canvas, typesetter, image, pointsPerUnit }: FieldTools): void {
  if (image) drawImage(canvas, image, box);
  else if (field.kind === 'checkbox') drawCheckbox(canvas, box, field.checked);
  else if ('text' in field) drawText(canvas, field, box, typesetter, pointsPerUnit);
}

function drawText(canvas: Canvas, field: FieldContent & { readonly text: string }, box: FrameRectangle, typesetter: Typesetter, pointsPerUnit: number): void {
  const paragraphs = linesOf(field.text);
  if (paragraphs.join('').trim() === '') return;
  const isMark = field.kind === 'signature' || field.kind === 'initials';
  const layout = isMark
    ? layOutLine(paragraphs.join(' '), { ...box, sizeMax: box.height, style: 'mark' }, typesetter)
    : layOutParagraphs(paragraphs, { ...box, sizeMax: TEXT_POINTS_MAX / pointsPerUnit, style: 'regular' }, typesetter);
  placeLines(canvas, layout, box);
}

/** In the middle of the height, and where its direction begins: on the right for scripts that run leftwards. */
export function placeLines(canvas: Canvas, { lines, size, ascent, descent, leading }: TextLayout, box: FrameRectangle): void {
  const height = (lines.length - 1) * leading + ascent + descent;
  const baseline = box.bottom + (box.height + height) / 2 - ascent;
  lines.forEach((line, row) => {
    const start = line.isRightToLeft ? box.width - (widthOf(line) + SIDE_BEARING) * size : SIDE_BEARING * size;
    canvas.line(line, box.left + start - line.ink.left * size, baseline - row * leading, size);
  });
}

/** As large as fits without distortion, in the middle. */
function drawImage(canvas: Canvas, image: PDFImage, box: FrameRectangle): void {
  const { width, height } = image.scaleToFit(box.width, box.height);
  canvas.image(image, { left: box.left + (box.width - width) / 2, bottom: box.bottom + (box.height - height) / 2, width, height });
}

/** A square with, when checked, a tick: drawn in both cases, so that the answer can be seen. */
function drawCheckbox(canvas: Canvas, box: FrameRectangle, checked: boolean): void {
  const side = 0.9 * Math.min(box.width, box.height);
  const left = box.left + (box.width - side) / 2;
  const bottom = box.bottom + (box.height - side) / 2;
  canvas.frame({ left, bottom, width: side, height: side }, side * 0.06);
  const tick = [[0.2, 0.5], [0.42, 0.25], [0.8, 0.78]].map(([x = 0, y = 0]) => [left + side * x, bottom + side * y] as const);
  if (checked) canvas.path(tick, side * 0.12);
}
