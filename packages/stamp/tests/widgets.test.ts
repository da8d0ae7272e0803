import { signPdf } from '@buffrsign/pades';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workshop, describeWith } from '../../pades/tests/support/tools.ts';
import { NOW, freshSeal } from '../../pades/tests/support/trust.ts';
import { fieldAppearance, fieldSizes, layOutDocument, type Size } from '../src/index.ts';
import { PAGES, RECTANGLE, inPixels } from './support/pages.ts';
import { QUARTERS, quartersPng } from './support/png.ts';
import { inkWithin, pdfium, poppler, strayPixels, type Renderer } from './support/render.ts';

const workshop = new Workshop();
afterAll(() => workshop[Symbol.dispose]());

const BELOW = { x: 0.05, y: 0.6, width: 0.6, height: 0.2 };
const PLAN = {
  drawn: [],
  fields: [
    { kind: 'signature', name: 'signer_1', page: 1, rectangle: RECTANGLE },
    { kind: 'value', name: 'field_1', page: 1, rectangle: BELOW },
  ],
} as const;

let signer: Awaited<ReturnType<typeof freshSeal>>['signer'];
beforeAll(async () => {
  ({ signer } = await freshSeal());
});

const sizeOf = (sizes: ReadonlyMap<string, Size>, name: string): Size => {
  const size = sizes.get(name);
  if (!size) throw new Error(`There is no field ${name}.`);
  return size;
};

/** As a signer does it: both fields are filled in the revision of the signature. */
async function filled(pdf: Uint8Array): Promise<Uint8Array> {
  const base = await layOutDocument(pdf, PLAN);
  const sizes = await fieldSizes(base);
  const appearance = await fieldAppearance({ kind: 'signature', png: quartersPng() }, sizeOf(sizes, 'signer_1'));
  const value = await fieldAppearance({ kind: 'text', text: 'Windhoek, محمد' }, sizeOf(sizes, 'field_1'));
  return signPdf(base, { signer, signedAt: NOW, fieldName: 'signer_1', appearance, fill: [{ fieldName: 'field_1', value: 'Windhoek, محمد', appearance: value }] });
}

function tests(render: Renderer): void {
  it.each(PAGES)('on %s, what fields show stands upright inside of its rectangle and nowhere else', async (_, pdf) => {
    const [before, after] = [await render(pdf, 1), await render(await filled(pdf), 1)];
    const boxes = [RECTANGLE, BELOW].map((rectangle) => inPixels(after, rectangle));
    expect(strayPixels(before, after, boxes)).toBe(0);

    const centre = { x: (RECTANGLE.x + RECTANGLE.width / 2) * after.width, y: (RECTANGLE.y + RECTANGLE.height / 2) * after.height };
    const step = Math.min(RECTANGLE.width * after.width, RECTANGLE.height * after.height) / 4;
    const corners = [[-step, -step], [step, -step], [-step, step], [step, step]].map(([x = 0, y = 0]) => after.pixel(centre.x + x, centre.y + y));
    expect(corners).toEqual([QUARTERS.topLeft, QUARTERS.topRight, QUARTERS.bottomLeft, QUARTERS.bottomRight]);

    const [, below] = boxes;
    const ink = below && inkWithin(before, after, below);
    if (!below || !ink) throw new Error('The text was not drawn.');
    // One line of text, from the left: turned by a quarter it would be higher than wide, by half it would end on the right.
    expect(ink.right - ink.left).toBeGreaterThan(2 * (ink.bottom - ink.top));
    expect(ink.left).toBeLessThan((below.right - below.left) / 8);
  });
}

describe('For PDFium', () => tests(pdfium));
describeWith(['pdftoppm'], 'For poppler', () => tests(poppler(workshop)));
