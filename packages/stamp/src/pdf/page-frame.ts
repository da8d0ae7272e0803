import { PDFName, PDFNumber, type PDFPage } from 'pdf-lib';
import type { ViewerRectangle } from '../fields.ts';
import { StampRefusal } from '../refusal.ts';

/** A page as a viewer shows it: upright, origin in the lower left corner, in units of user space. */
export interface PageFrame {
  readonly width: number;
  readonly height: number;
  /** From this frame to the user space of the page: the operands of `cm`. */
  readonly matrix: Matrix;
  /** Degrees by which a viewer turns the page clockwise: 0, 90, 180 or 270. */
  readonly rotation: number;
  /** Points (1/72 inch) per unit: /UserUnit. */
  readonly pointsPerUnit: number;
}

export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/** An upright rectangle in a {@link PageFrame}. */
export type FrameRectangle = Box;

export function frameOf(page: PDFPage): PageFrame {
  const box = visibleBox(page);
  const angle = ((page.getRotation().angle % 360) + 360) % 360;
  const matrix = matrixFor(angle, box);
  if (!matrix) throw new StampRefusal('UNREADABLE_PDF', `A page is rotated by ${angle} degrees; only multiples of 90 are allowed.`);
  const sideways = angle % 180 === 90;
  const [width, height] = sideways ? [box.height, box.width] : [box.width, box.height];
  return { width, height, matrix, rotation: angle, pointsPerUnit: userUnitOf(page) };
}

export function toFrame(frame: PageFrame, { x, y, width, height }: ViewerRectangle): FrameRectangle {
  return {
    left: x * frame.width,
    bottom: (1 - y - height) * frame.height,
    width: width * frame.width,
    height: height * frame.height,
  };
}

/** /Rotate turns the shown page clockwise (ISO 32000-1, table 30); this turns what is drawn back with it. */
function matrixFor(angle: number, { left, bottom, width, height }: Box): Matrix | undefined {
  if (angle === 0) return [1, 0, 0, 1, left, bottom];
  if (angle === 90) return [0, 1, -1, 0, left + width, bottom];
  if (angle === 180) return [-1, 0, 0, -1, left + width, bottom + height];
  if (angle === 270) return [0, -1, 1, 0, left, bottom + height];
  return undefined;
}

/** Viewers show the part of the crop box that lies inside the media box (14.11.2). */
function visibleBox(page: PDFPage): Box {
  const media = normalised(page.getMediaBox());
  const crop = normalised(page.getCropBox());
  const left = Math.max(media.left, crop.left);
  const bottom = Math.max(media.bottom, crop.bottom);
  const width = Math.min(media.left + media.width, crop.left + crop.width) - left;
  const height = Math.min(media.bottom + media.height, crop.bottom + crop.height) - bottom;
  const visible = width > 0 && height > 0 ? { left, bottom, width, height } : media;
  if (!(visible.width > 0 && visible.height > 0)) throw new StampRefusal('UNREADABLE_PDF', 'A page has no area.');
  return visible;
}

/** The corners of a box may be given in any order. */
function normalised({ x, y, width, height }: ReturnType<PDFPage['getMediaBox']>): Box {
  return { left: Math.min(x, x + width), bottom: Math.min(y, y + height), width: Math.abs(width), height: Math.abs(height) };
}

function userUnitOf(page: PDFPage): number {
  const unit = page.node.lookup(PDFName.of('UserUnit'));
  return unit instanceof PDFNumber && unit.asNumber() > 0 ? unit.asNumber() : 1;
}
