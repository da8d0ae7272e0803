import { StandardFonts, type PDFDocument, type PDFFont, type PDFImage } from 'pdf-lib';
import { StampRefusal } from './refusal.ts';

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const IMAGE_BYTES_MAX = 5 * 1024 * 1024;
/** The decoder holds four bytes a pixel; a small file may claim any size. */
const IMAGE_PIXELS_MAX = 16_000_000;

const FONTS = { upright: StandardFonts.Helvetica, slanted: StandardFonts.TimesRomanItalic } as const;

/** The fonts and images a document gets: embedded when first needed, and each once. */
export class Materials {
  readonly #document: PDFDocument;
  readonly #fonts = new Map<keyof typeof FONTS, PDFFont>();
  readonly #images = new Map<Uint8Array, PDFImage>();

  constructor(document: PDFDocument) {
    this.#document = document;
  }

  async font(style: keyof typeof FONTS): Promise<PDFFont> {
    const font = this.#fonts.get(style) ?? (await this.#document.embedFont(FONTS[style]));
    this.#fonts.set(style, font);
    return font;
  }

  /** @throws {StampRefusal} `IMAGE_UNREADABLE`, naming the field. */
  async image(png: Uint8Array, field: number): Promise<PDFImage> {
    const known = this.#images.get(png);
    if (known) return known;
    assertPng(png, field);
    const image = await this.#decode(png, field);
    this.#images.set(png, image);
    return image;
  }

  async #decode(png: Uint8Array, field: number): Promise<PDFImage> {
    try {
      const image = await this.#document.embedPng(png);
      await image.embed();
      return image;
    } catch (cause) {
      throw new StampRefusal('IMAGE_UNREADABLE', `The image of field ${field} is a damaged PNG.`, { field, cause });
    }
  }
}

function assertPng(png: Uint8Array, field: number): void {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  // The header chunk is the first one and holds width and height (PNG 1.2, 11.2.2).
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(PNG_SIGNATURE) || bytes.toString('latin1', 12, 16) !== 'IHDR') {
    throw new StampRefusal('IMAGE_UNREADABLE', `The image of field ${field} is not a PNG.`, { field });
  }
  const pixels = bytes.readUInt32BE(16) * bytes.readUInt32BE(20);
  if (bytes.length > IMAGE_BYTES_MAX || pixels === 0 || pixels > IMAGE_PIXELS_MAX) {
    throw new StampRefusal('IMAGE_UNREADABLE', `The image of field ${field} is larger than 5 MB or 16 million pixels.`, { field });
  }
}
