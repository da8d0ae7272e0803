import pdfLib, { type PDFPage } from 'pdf-lib';
import type { InspectedPage } from '../inspection.ts';
import { Refused } from '../refusal.ts';

const { PDFArray, PDFName, PDFNumber } = pdfLib;

export type PageShape = Pick<InspectedPage, 'width' | 'height' | 'rotation'> & {
  /** Before UserUnit, as engines that know nothing of it see the page. */
  readonly plainWidth: number;
  readonly plainHeight: number;
};

interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/**
 * The page as it is shown (ISO 32000-2, 7.7.3.3 and 14.11.2): the CropBox within the MediaBox, turned by Rotate,
 * in units of UserUnit. A page whose size is not plain is refused: nobody could say where its fields lie.
 */
export function shapeOf(page: PDFPage, number: number): PageShape {
  const media = boxOf(page, 'MediaBox') ?? refuseShape(number, 'has no size');
  const crop = boxOf(page, 'CropBox');
  const visible = crop ? intersection(media, crop) : media;
  const across = visible.right - visible.left;
  const up = visible.top - visible.bottom;
  if (!(across > 0 && up > 0)) refuseShape(number, 'has no visible area');
  const rotation = rotationOf(page, number);
  const [plainWidth, plainHeight] = rotation % 180 === 0 ? [across, up] : [up, across];
  const unit = userUnitOf(page);
  return { width: plainWidth * unit, height: plainHeight * unit, rotation, plainWidth, plainHeight };
}

function boxOf(page: PDFPage, name: 'MediaBox' | 'CropBox'): Box | null {
  const array = page.node.getInheritableAttribute(PDFName.of(name));
  const found = page.doc.context.lookup(array);
  if (!(found instanceof PDFArray) || found.size() !== 4) return null;
  const sides = [0, 1, 2, 3].map((side) => found.lookup(side)).map((side) => (side instanceof PDFNumber ? side.asNumber() : Number.NaN));
  if (!sides.every(Number.isFinite)) return null;
  const [x1, y1, x2, y2] = sides as [number, number, number, number];
  // A rectangle may be given by any two opposite corners (7.9.5).
  return { left: Math.min(x1, x2), bottom: Math.min(y1, y2), right: Math.max(x1, x2), top: Math.max(y1, y2) };
}

const intersection = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  bottom: Math.max(a.bottom, b.bottom),
  right: Math.min(a.right, b.right),
  top: Math.min(a.top, b.top),
});

function rotationOf(page: PDFPage, number: number): InspectedPage['rotation'] {
  const { angle } = page.getRotation();
  const turned = ((angle % 360) + 360) % 360;
  if (turned !== 0 && turned !== 90 && turned !== 180 && turned !== 270) refuseShape(number, `is turned by ${angle} degrees`);
  return turned as InspectedPage['rotation'];
}

function userUnitOf(page: PDFPage): number {
  const unit = page.node.lookup(PDFName.of('UserUnit'));
  return unit instanceof PDFNumber && unit.asNumber() > 0 ? unit.asNumber() : 1;
}

const refuseShape = (number: number, what: string): never => {
  throw new Refused('BROKEN', `page ${number} ${what}`);
};
