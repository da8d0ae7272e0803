import type { PDFDocument, PDFImage } from 'pdf-lib';
import { PngError, cleanPng } from '../clean-png.ts';
import { loadShaper } from '../fonts/shaper.ts';
import { StampRefusal } from '../refusal.ts';
import { Typesetter } from '../text/typesetter.ts';
import { DocumentFonts } from './document-fonts.ts';

/** The fonts and images a document gets: embedded when first needed, and each once. */
export class Materials {
  readonly fonts: DocumentFonts;
  readonly typesetter: Typesetter;
  readonly #document: PDFDocument;
  readonly #images = new Map<Uint8Array, PDFImage>();

  private constructor(document: PDFDocument, typesetter: Typesetter) {
    this.#document = document;
    this.typesetter = typesetter;
    this.fonts = new DocumentFonts(document);
  }

  static async for(document: PDFDocument): Promise<Materials> {
    return new Materials(document, new Typesetter(await loadShaper()));
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
