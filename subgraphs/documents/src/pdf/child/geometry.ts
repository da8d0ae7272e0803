import { type Revision } from '@buffrsign/pades/reader';
import type { InspectedPage } from '../inspection.ts';
import { Refused } from '../refusal.ts';
import type { PageNode } from './pages.ts';

/** A rectangle in the coordinates of a page's content. */
export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** A rectangle on a page as it is shown: fractions of its sides, the origin top left. */
export interface ShownRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type PageShape = Pick<InspectedPage, 'width' | 'height' | 'rotation'> & {
  /** Before UserUnit, as engines that know nothing of it see the page. */
  readonly plainWidth: number;
  readonly plainHeight: number;
  /** What is shown of the page, in the coordinates of its content. */
  readonly visible: Box;
};

/**
 * The page as it is shown (ISO 32000-2, 7.7.3.3 and 14.11.2): the CropBox within the MediaBox, turned by Rotate,
 * in units of UserUnit. A page whose size is not plain is refused: nobody could say where its fields lie.
 */
export function shapeOf(revision: Revision, { dict }: PageNode, number: number): PageShape {
  const refuse = (what: string): never => {
    throw new Refused('BROKEN', `page ${number} ${what}`);
  };
  const media = boxOf(revision, dict.entries.get('MediaBox')) ?? refuse('has no size');
  const crop = boxOf(revision, dict.entries.get('CropBox'));
  const visible = crop ? intersection(media, crop) : media;
  const across = visible.right - visible.left;
  const up = visible.top - visible.bottom;
  if (!(across > 0 && up > 0)) refuse('has no visible area');
  const turned = revision.resolve(dict.entries.get('Rotate'));
  const angle = turned.type === 'number' ? turned.value : 0;
  const rotation = ((angle % 360) + 360) % 360;
  if (rotation !== 0 && rotation !== 90 && rotation !== 180 && rotation !== 270) return refuse(`is turned by ${angle} degrees`);
  const [plainWidth, plainHeight] = rotation % 180 === 0 ? [across, up] : [up, across];
  const unit = userUnitOf(revision, dict.entries.get('UserUnit'));
  return { width: plainWidth * unit, height: plainHeight * unit, rotation, plainWidth, plainHeight, visible };
}

/** A rectangle given by any two opposite corners (7.9.5); null when it is none. */
export function boxOf(revision: Revision, value: Parameters<Revision['resolve']>[0]): Box | null {
  const array = revision.resolve(value);
  if (array.type !== 'array' || array.items.length !== 4) return null;
  const sides = array.items.map((item) => revision.resolve(item)).map((side) => (side.type === 'number' ? side.value : Number.NaN));
  if (!sides.every(Number.isFinite)) return null;
  const [x1, y1, x2, y2] = sides as [number, number, number, number];
  return { left: Math.min(x1, x2), bottom: Math.min(y1, y2), right: Math.max(x1, x2), top: Math.max(y1, y2) };
}

const intersection = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  bottom: Math.max(a.bottom, b.bottom),
  right: Math.min(a.right, b.right),
  top: Math.min(a.top, b.top),
});

function userUnitOf(revision: Revision, value: Parameters<Revision['resolve']>[0]): number {
  const unit = revision.resolve(value);
  return unit.type === 'number' && unit.value > 0 ? unit.value : 1;
}

/** Where something on a page lies as it is shown; null when nothing of it is. */
export function shownAt({ visible, rotation }: PageShape, box: Box): ShownRectangle | null {
  const part = intersection(visible, box);
  const [across, up] = [visible.right - visible.left, visible.top - visible.bottom];
  if (!(part.right > part.left && part.top > part.bottom)) return null;
  // Fractions from the left and from the bottom, before the page is turned.
  const [left, right] = [(part.left - visible.left) / across, (part.right - visible.left) / across];
  const [bottom, top] = [(part.bottom - visible.bottom) / up, (part.top - visible.bottom) / up];
  if (rotation === 90) return { x: bottom, y: left, width: top - bottom, height: right - left };
  if (rotation === 180) return { x: 1 - right, y: bottom, width: right - left, height: top - bottom };
  if (rotation === 270) return { x: 1 - top, y: 1 - right, width: top - bottom, height: right - left };
  return { x: left, y: 1 - top, width: right - left, height: top - bottom };
}
