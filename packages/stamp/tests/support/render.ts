import { PDFiumLibrary } from '@hyzyla/pdfium';
import { run, type Workshop } from '../../../pades/tests/support/tools.ts';

/** A page as shown, one luminance-like triple per pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  pixel(x: number, y: number): readonly [red: number, green: number, blue: number];
}

/** Renders a page (from 1) at two pixels per unit. */
export type Renderer = (pdf: Uint8Array, page: number) => Promise<Picture>;

export const pdfium: Renderer = async (pdf, page) => {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const { data, width, height } = await document.getPage(page - 1).render({ scale: 2, render: 'bitmap', renderFormFields: true });
    document.destroy();
    return picture(Uint8Array.from(data), width, height, 4);
  } finally {
    library.destroy();
  }
};

export const poppler = (workshop: Workshop): Renderer => async (pdf, page) => {
  const base = workshop.file('', 'render');
  const only = ['-f', String(page), '-l', String(page), '-singlefile'];
  const { code, output } = run('pdftoppm', [...only, '-r', '144', '-cropbox', workshop.file(pdf), base]);
  if (code !== 0) throw new Error(`pdftoppm failed: ${output}`);
  return portablePixmap(workshop.read(`${base}.ppm`));
};

function portablePixmap(bytes: Buffer): Picture {
  const match = /^P6\s(\d+)\s(\d+)\s255\s/.exec(bytes.toString('latin1', 0, 64));
  if (!match) throw new Error('This is not a PPM picture.');
  return picture(bytes.subarray(match[0].length), Number(match[1]), Number(match[2]), 3);
}

function picture(data: Uint8Array, width: number, height: number, channels: number): Picture {
  return {
    width,
    height,
    pixel: (x, y) => {
      const at = (Math.floor(y) * width + Math.floor(x)) * channels;
      return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    },
  };
}

export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest box around every pixel in which two pictures of one size differ; undefined when none does. */
export function difference(before: Picture, after: Picture): PixelBox | undefined {
  if (before.width !== after.width || before.height !== after.height) throw new Error('The pictures differ in size.');
  let box: PixelBox | undefined;
  for (let y = 0; y < after.height; y++) {
    for (let x = 0; x < after.width; x++) {
      if (!differs(before.pixel(x, y), after.pixel(x, y))) continue;
      box = box
        ? { left: Math.min(box.left, x), top: Math.min(box.top, y), right: Math.max(box.right, x + 1), bottom: Math.max(box.bottom, y + 1) }
        : { left: x, top: y, right: x + 1, bottom: y + 1 };
    }
  }
  return box;
}

function differs(a: readonly number[], b: readonly number[]): boolean {
  return a.some((value, channel) => Math.abs(value - (b[channel] ?? 0)) > 24);
}

/** How many pixels differ outside of these boxes. */
export function strayPixels(before: Picture, after: Picture, boxes: readonly PixelBox[]): number {
  let count = 0;
  for (let y = 0; y < after.height; y++) {
    for (let x = 0; x < after.width; x++) {
      const isInside = boxes.some(({ left, top, right, bottom }) => x >= left && x < right && y >= top && y < bottom);
      if (!isInside && differs(before.pixel(x, y), after.pixel(x, y))) count++;
    }
  }
  return count;
}

/** The smallest box around the pixels that differ inside of a box. */
export function inkWithin(before: Picture, after: Picture, { left, top, right, bottom }: PixelBox): PixelBox | undefined {
  const part = ({ pixel }: Picture): Picture => ({ width: Math.floor(right - left), height: Math.floor(bottom - top), pixel: (x, y) => pixel(Math.floor(left) + x, Math.floor(top) + y) });
  return difference(part(before), part(after));
}
