import { StandardFonts, type PDFDocument, type PDFFont, type PDFImage } from 'pdf-lib';
import { PngError, cleanPng } from './clean-png.ts';
import { StampRefusal } from './refusal.ts';

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
    const image = await this.#decode(png, field);
    this.#images.set(png, image);
    return image;
  }

  async #decode(png: Uint8Array, field: number): Promise<PDFImage> {
    try {
      const image = await this.#document.embedPng(cleanPng(png));
      await image.embed();
      return image;
    } catch (cause) {
      const fault = cause instanceof PngError ? cause.message : 'cannot be decoded';
      throw new StampRefusal('IMAGE_UNREADABLE', `The image of field ${field} ${fault}.`, { field, cause });
    }
  }
}
