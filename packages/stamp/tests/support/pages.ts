import { corpusFile, corpusFolder } from '../../../pades/tests/support/corpus.ts';
import { ONE_PAGE, classicPdf, stream } from '../../../pades/tests/support/fixtures.ts';
import type { ViewerRectangle } from '../../src/index.ts';
import type { Picture } from './render.ts';

/** A page of 300 × 200 units with these entries, and content that leaves the graphics state in disorder. */
export function page(entries: string, pageTree = ''): Uint8Array {
  return classicPdf({
    ...ONE_PAGE,
    2: `<</Type /Pages /Kids [3 0 R] /Count 1 ${pageTree}>>`,
    3: `<</Type /Page /Parent 2 0 R /Resources <<>> /Contents [4 0 R] ${entries}>>`,
    4: stream('', 'q 1 0 0 rg 10 10 20 20 re f 2 0 0 3 15 25 cm 0 0 1 RG 4 w'),
  });
}

export const MEDIA = '/MediaBox [0 0 300 200]';

/** Every way in which a page as shown differs from its user space. */
export const PAGES: readonly (readonly [string, Uint8Array])[] = [
  ['a plain page', page(MEDIA)],
  ...[90, 180, 270, -90, 450].map((angle) => [`a page rotated by ${angle}`, page(`${MEDIA} /Rotate ${angle}`)] as const),
  ...[0, 90, 180, 270].map((angle) => [`a cropped page rotated by ${angle}`, page(`${MEDIA} /CropBox [40 30 260 180] /Rotate ${angle}`)] as const),
  ['a page with negative origin', page('/MediaBox [-150 -100 150 100] /Rotate 90')],
  ['a page with corners in the other order', page('/MediaBox [300 200 0 0] /Rotate 270')],
  ['a crop box beyond the media box', page(`${MEDIA} /CropBox [-50 -50 200 400] /Rotate 180`)],
  ['a page that inherits box and rotation', page('', `${MEDIA} /Rotate 90 /CropBox [10 20 290 180]`)],
  ['a page with a user unit', page(`${MEDIA} /UserUnit 2 /Rotate 90 /CropBox [40 30 260 180]`)],
  ...(corpusFolder ? [['habibi-rotated.pdf', corpusFile('habibi-rotated.pdf')] as const] : []),
];

export const RECTANGLE: ViewerRectangle = { x: 0.55, y: 0.1, width: 0.4, height: 0.25 };

/** Where a rectangle lies in a picture, one pixel larger on each side for smoothed edges. */
export function inPixels({ width, height }: Picture, { x, y, width: w, height: h }: ViewerRectangle) {
  return { left: x * width - 1, top: y * height - 1, right: (x + w) * width + 1, bottom: (y + h) * height + 1 };
}
