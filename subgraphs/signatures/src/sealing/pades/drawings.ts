import { fieldAppearance } from '@buffrsign/stamp';

/** A small file may claim any size, and decoding takes time while somebody waits. */
const MAX_PIXELS = 1_000_000;
const TRIED_IN = { width: 100, height: 40 };

/** Width and height as the header of a PNG claims them (PNG 1.2, 11.2.2). */
const pixelsOf = (png: Uint8Array): number => {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return png.length < 24 ? 0 : view.getUint32(16) * view.getUint32(20);
};

/** Why a drawing could not be drawn; null when it can. */
export const refusedDrawing = async (png: Uint8Array): Promise<string | null> => {
  if (pixelsOf(png) > MAX_PIXELS) return `A drawing has at most ${MAX_PIXELS} pixels.`;
  try {
    // The very code that will draw it decides whether it can be drawn.
    await fieldAppearance({ kind: 'signature', png }, TRIED_IN);
    return null;
  } catch {
    return 'The drawing is no PNG that can be read. Draw it again.';
  }
};
