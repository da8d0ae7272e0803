import { describe, expect, test } from 'vitest';
import { imageSize } from '../../src/pdf/child/thumbnail.ts';
import { MAX_PIXELS, renderThumbnail } from '../../src/pdf/index.ts';
import { corpusPdf } from '../support/corpus.ts';
import * as hard from '../support/hard-pdfs.ts';
import { fileOf } from '../support/pdf-folder.ts';
import { pixelsOf, type Pixels } from '../support/png-pixels.ts';

async function drawn(path: string, page: number, maxWidth: number): Promise<Pixels> {
  const thumbnail = await renderThumbnail(path, page, { maxWidth });
  if (!thumbnail.ok) throw new Error(`refused: ${thumbnail.refusal} ${thumbnail.detail}`);
  const pixels = pixelsOf(thumbnail.png);
  expect(pixels).toMatchObject({ width: thumbnail.width, height: thumbnail.height });
  return pixels;
}

describe('a thumbnail', () => {
  test('has the width asked for and the proportions of the page', async () => {
    const pixels = await drawn(corpusPdf('minimal-document.pdf'), 1, 208);
    expect(pixels).toMatchObject({ width: 208, height: 294 });
    expect(pixels.hasInk(0, 0, 1, 1)).toBe(true);
  });

  test('shows a turned page as a reader sees it', async () => {
    // The text stands at the top left of the paper; turned right once, that is the top right.
    const right = await drawn(corpusPdf('habibi-rotated.pdf'), 1, 400);
    expect([right.hasInk(0, 0, 0.5, 1), right.hasInk(0.5, 0, 1, 0.5)]).toEqual([false, true]);
    const upright = await drawn(corpusPdf('habibi-rotated.pdf'), 4, 400);
    expect([upright.hasInk(0.5, 0.5, 1, 1), upright.hasInk(0, 0, 0.5, 0.5)]).toEqual([false, true]);
  });

  test('shows what is filled into form fields', async () => {
    const form = await drawn(corpusPdf('libreoffice-form.pdf'), 1, 1200);
    // "Alice" stands within the frame of the field for the first name.
    expect(form.hasInk(0.2, 0.147, 0.26, 0.153)).toBe(true);
    // The field for the last name is empty.
    expect(form.hasInk(0.47, 0.147, 0.59, 0.153)).toBe(false);
  });

  test.each([0, 5, 1.5, Number.NaN])('of page %s of four is refused', async (page) => {
    expect(await renderThumbnail(corpusPdf('pdflatex-4-pages.pdf'), page, { maxWidth: 100 })).toMatchObject({ ok: false, refusal: 'NO_SUCH_PAGE' });
  });

  test('of a page of 350 metres stays small', async () => {
    expect(await drawn(await fileOf(hard.hugePage()), 1, 100)).toMatchObject({ width: 100, height: 100 });
  });

  test.each([
    ['a document that needs a password', corpusPdf('libreoffice-writer-password.pdf'), 'PASSWORD_REQUIRED'],
    ['a file that is not a PDF', import.meta.filename, 'BROKEN'],
  ])('of %s is refused', async (_what, path, refusal) => {
    expect(await renderThumbnail(path, 1, { maxWidth: 100 })).toMatchObject({ ok: false, refusal });
  });

  test('of a page that explodes is refused', async () => {
    expect(await renderThumbnail(await fileOf(hard.exponentialForms()), 1, { maxWidth: 100 })).toMatchObject({ ok: false, refusal: 'TOO_COMPLEX' });
  });
});

describe('the size of an image', () => {
  test.each([
    ['a page of usual shape', 595, 842, 208],
    ['a page asked for enormously wide', 595, 842, 1e9],
    ['a page like a ribbon', 1e6, 1, 5000],
    ['a page like a thread', 1, 1e6, 5000],
    ['a page of half a point', 0.5, 0.5, 10],
  ])('of %s is at least a pixel each way and within both limits', (_what, width, height, maxWidth) => {
    const size = imageSize(width, height, maxWidth, MAX_PIXELS);
    expect(size.width).toBeGreaterThanOrEqual(1);
    expect(size.height).toBeGreaterThanOrEqual(1);
    expect(size.width).toBeLessThanOrEqual(maxWidth);
    expect(size.width * size.height).toBeLessThanOrEqual(MAX_PIXELS);
  });
});
