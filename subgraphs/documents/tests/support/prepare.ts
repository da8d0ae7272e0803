import { Revision } from '@buffrsign/pades/reader';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { prepare } from '../../src/pdf/child/prepare.ts';
import { INSPECTION_LIMITS, preparePdf, type Preparation } from '../../src/pdf/index.ts';
import { Refused, type Refusal } from '../../src/pdf/refusal.ts';
import { fileOf } from './pdf-folder.ts';

export interface PreparedPdf {
  readonly answer: Preparation;
  readonly pdf: Buffer;
}

/** Prepares in this very process, which is quick; what may go astray goes through the sandbox. */
export const prepared = async (pdf: Uint8Array, password?: string): Promise<PreparedPdf> => {
  const { answer, pdf: made } = await prepare(pdf, { kind: 'prepare', maxPages: 1000, maxTextPerPage: 50_000, maxText: 2_000_000, ...(password !== undefined && { password }) });
  return { answer, pdf: Buffer.from(made ?? pdf) };
};

/** The code by which it is refused; what comes of it otherwise. */
export const refusalOf = (pdf: Uint8Array, password?: string): Promise<string> =>
  prepared(pdf, password).then(({ answer }) => `taken: ${JSON.stringify(answer.removed)}`, (error: unknown) => (error instanceof Refused ? error.refusal.refusal : String(error)));

export const inSandbox = async (content: string | Uint8Array, limits: Partial<typeof INSPECTION_LIMITS> = {}): Promise<Preparation | Refusal> =>
  preparePdf(await fileOf(content), { output: await fileOf(''), limits: { ...INSPECTION_LIMITS, ...limits } });

/** As signing will read it. */
export const strictly = (pdf: Uint8Array): Revision => new Revision(pdf);

/** Every object of a file as source, by the strict reader: whether something is still in it. */
export const sourceOf = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue at a place, given in fractions from the top left. */
  at(x: number, y: number): readonly [number, number, number];
  /** Whether anything but white is in a part. */
  hasInk(part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): boolean;
}

/** Draws a page, from 1, as it is shown. */
export const drawn = async (pdf: Uint8Array, number = 1, scale = 2): Promise<Drawing> => {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  const { data, width, height } = await document.getPage(number - 1).render({ scale, renderFormFields: true });
  document.destroy();
  library.destroy();
  const at: Drawing['at'] = (x, y) => {
    const from = (Math.min(height - 1, Math.floor(y * height)) * width + Math.min(width - 1, Math.floor(x * width))) * 4;
    return [data[from]!, data[from + 1]!, data[from + 2]!];
  };
  const hasInk: Drawing['hasInk'] = (part) => {
    for (let y = part.y; y < part.y + part.height; y += 1 / height) {
      for (let x = part.x; x < part.x + part.width; x += 1 / width) if (at(x, y).some((level) => level < 200)) return true;
    }
    return false;
  };
  return { width, height, at, hasInk };
};

/** The text of a page as a reader that knows nothing of us tells it. */
export const textOf = async (pdf: Uint8Array, number = 1): Promise<string> => {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  const text = document.getPage(number - 1).getText();
  document.destroy();
  library.destroy();
  return text;
};
