import { afterAll, describe, expect, it } from 'vitest';
import { ONE_PAGE, classicPdf } from '../../pades/tests/support/fixtures.ts';
import { Workshop, describeWith } from '../../pades/tests/support/tools.ts';
import { stampPdf, type StampField } from '../src/index.ts';
import { MEDIA, PAGES, RECTANGLE, inPixels, page } from './support/pages.ts';
import { QUARTERS, quartersPng } from './support/png.ts';
import { difference, pdfium, poppler, type Renderer } from './support/render.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

const fields: readonly StampField[] = [
  { kind: 'signature', page: 1, rectangle: RECTANGLE, text: 'Äfi Ngjy' },
  { kind: 'initials', page: 1, rectangle: RECTANGLE, text: 'Wf' },
  { kind: 'date', page: 1, rectangle: RECTANGLE, text: '31.01.2026' },
  { kind: 'text', page: 1, rectangle: RECTANGLE, text: 'A long text, which has to be wrapped to stay inside of its box, “whatever” it takes.\nThe end' },
  { kind: 'checkbox', page: 1, rectangle: RECTANGLE, checked: true },
];

function tests(render: Renderer): void {
  describe.each(PAGES)('on %s', (_, pdf) => {
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
