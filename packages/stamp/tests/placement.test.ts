import { afterAll, describe, expect, it } from 'vitest';
import { corpusFile, corpusFolder } from '../../pades/tests/support/corpus.ts';
import { ONE_PAGE, classicPdf, stream } from '../../pades/tests/support/fixtures.ts';
import { Workshop, describeWith } from '../../pades/tests/support/tools.ts';
import { stampPdf, type StampField, type ViewerRectangle } from '../src/index.ts';
import { QUARTERS, quartersPng } from './support/png.ts';
import { difference, pdfium, poppler, type Picture, type Renderer } from './support/render.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

/** A page of 300 × 200 units with these entries, and content that leaves the graphics state in disorder. */
function page(entries: string, pageTree = ''): Uint8Array {
  return classicPdf({
    ...ONE_PAGE,
    2: `<</Type /Pages /Kids [3 0 R] /Count 1 ${pageTree}>>`,
    3: `<</Type /Page /Parent 2 0 R /Resources <<>> /Contents [4 0 R] ${entries}>>`,
    4: stream('', 'q 1 0 0 rg 10 10 20 20 re f 2 0 0 3 15 25 cm 0 0 1 RG 4 w'),
  });
}

const MEDIA = '/MediaBox [0 0 300 200]';
const pages: readonly (readonly [string, Uint8Array])[] = [
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

const RECTANGLE: ViewerRectangle = { x: 0.55, y: 0.1, width: 0.4, height: 0.25 };

const fields: readonly StampField[] = [
  { kind: 'signature', page: 1, rectangle: RECTANGLE, text: 'Äfi Ngjy' },
  { kind: 'initials', page: 1, rectangle: RECTANGLE, text: 'Wf' },
  { kind: 'date', page: 1, rectangle: RECTANGLE, text: '31.01.2026' },
  { kind: 'text', page: 1, rectangle: RECTANGLE, text: 'A long text, which has to be wrapped to stay inside of its box, “whatever” it takes.\nThe end' },
  { kind: 'checkbox', page: 1, rectangle: RECTANGLE, checked: true },
];

/** Where a rectangle lies in a picture, one pixel larger on each side for smoothed edges. */
function inPixels({ width, height }: Picture, { x, y, width: w, height: h }: ViewerRectangle) {
  return { left: x * width - 1, top: y * height - 1, right: (x + w) * width + 1, bottom: (y + h) * height + 1 };
}

function tests(render: Renderer): void {
  describe.each(pages)('on %s', (_, pdf) => {
    it.each(fields)('a $kind is drawn inside its rectangle and nowhere else', async (field) => {
      const [before, after] = [await render(pdf, 1), await render(await stampPdf(pdf, [field]), 1)];
      const ink = difference(before, after);
      if (!ink) throw new Error('Nothing was drawn.');
      const allowed = inPixels(after, RECTANGLE);
      expect(ink.left).toBeGreaterThanOrEqual(allowed.left);
      expect(ink.top).toBeGreaterThanOrEqual(allowed.top);
      expect(ink.right).toBeLessThanOrEqual(allowed.right);
      expect(ink.bottom).toBeLessThanOrEqual(allowed.bottom);
      // A single line is wider than high: upright, not turned with the page.
      if (field.kind !== 'checkbox' && field.kind !== 'text') expect(ink.right - ink.left).toBeGreaterThan((ink.bottom - ink.top) * 0.9);
    });

    it('an image stands upright, unmirrored and undistorted in the middle', async () => {
      const field: StampField = { kind: 'signature', page: 1, rectangle: RECTANGLE, png: quartersPng() };
      const after = await render(await stampPdf(pdf, [field]), 1);
      const { width, height } = after;
      const centre = { x: (RECTANGLE.x + RECTANGLE.width / 2) * width, y: (RECTANGLE.y + RECTANGLE.height / 2) * height };
      const step = Math.min(RECTANGLE.width * width, RECTANGLE.height * height) / 4;
      expect(after.pixel(centre.x - step, centre.y - step)).toEqual(QUARTERS.topLeft);
      expect(after.pixel(centre.x + step, centre.y - step)).toEqual(QUARTERS.topRight);
      expect(after.pixel(centre.x - step, centre.y + step)).toEqual(QUARTERS.bottomLeft);
      expect(after.pixel(centre.x + step, centre.y + step)).toEqual(QUARTERS.bottomRight);
    });
  });
}

describe('For PDFium', () => tests(pdfium));
describeWith(['pdftoppm'], 'For poppler', () => tests(poppler(workshop)));

describe('A field', () => {
  it('shows on its own page only, also when pages share their content', async () => {
    const shared = classicPdf({
      ...ONE_PAGE,
      2: '<</Type /Pages /Kids [3 0 R 6 0 R] /Count 2 /MediaBox [0 0 300 200] /Resources <<>>>>',
      3: '<</Type /Page /Parent 2 0 R /Contents 5 0 R>>',
      5: '[4 0 R]',
      6: '<</Type /Page /Parent 2 0 R /Contents 5 0 R>>',
    });
    const stamped = await stampPdf(shared, [{ kind: 'date', page: 2, rectangle: RECTANGLE, text: '2026-01-31' }]);
    expect(difference(await pdfium(shared, 1), await pdfium(stamped, 1))).toBeUndefined();
    expect(difference(await pdfium(shared, 2), await pdfium(stamped, 2))).toBeDefined();
  });

  it('of a thousand words still fits: a text never blocks sealing by its length', async () => {
    const pdf = page(MEDIA);
    const field: StampField = { kind: 'text', page: 1, rectangle: RECTANGLE, text: 'word '.repeat(1000) };
    const after = await pdfium(await stampPdf(pdf, [field]), 1);
    expect(difference(await pdfium(pdf, 1), after)).toBeDefined();
  });
});
