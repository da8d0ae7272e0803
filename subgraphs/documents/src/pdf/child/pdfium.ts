import { PDFiumLibrary, type PDFiumDocument, type PDFiumPage } from '@hyzyla/pdfium';
import { Refused } from '../refusal.ts';

/** What PDFium offers and its wrapper keeps to itself. */
export interface Internals {
  readonly documentIdx: number;
  readonly pageIdx: number;
  readonly module: {
    _FPDF_GetSecurityHandlerRevision(document: number): number;
    _FPDF_ClosePage(page: number): void;
  };
}

const NOT_ENCRYPTED = -1;

/** How an encrypted document is met. */
export interface Opening {
  readonly password?: string | undefined;
  /** Whether one that is encrypted is shown at all. Without, it is refused even if it opens without a password. */
  readonly encrypted?: boolean;
}

export const internals = (object: PDFiumDocument | PDFiumPage): Internals => object as unknown as Internals;

/** One engine for all that a process looks at: making one takes longer than most documents do. */
let engine: Promise<PDFiumLibrary> | undefined;

/** Opens a document, does the work, and lets go of it. */
export async function withDocument<T>(pdf: Uint8Array, work: (document: PDFiumDocument) => T | Promise<T>, { password, encrypted = false }: Opening = {}): Promise<T> {
  const library = await (engine ??= PDFiumLibrary.init());
  const document = await library.loadDocument(pdf, password).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (/security/i.test(reason)) throw new Refused('ENCRYPTED', reason);
    throw new Refused(/password/i.test(reason) ? (password === undefined ? 'PASSWORD_REQUIRED' : 'PASSWORD_WRONG') : 'BROKEN', reason);
  });
  try {
    const { module, documentIdx } = internals(document);
    if (!encrypted && module._FPDF_GetSecurityHandlerRevision(documentIdx) !== NOT_ENCRYPTED) throw new Refused('ENCRYPTED', 'opens without a password, but is restricted');
    return await work(document);
  } finally {
    document.destroy();
  }
}

/** Opens one page; `index` counts from 0. */
export function openPage(document: PDFiumDocument, index: number): PDFiumPage {
  const page = document.getPage(index);
  if (internals(page).pageIdx === 0) throw new Refused('BROKEN', `page ${index + 1} cannot be opened`);
  return page;
}

/** Opens one page, does the work, and lets go of it. Not for drawing, which closes the page itself. */
export function withPage<T>(document: PDFiumDocument, index: number, work: (page: PDFiumPage) => T): T {
  const page = openPage(document, index);
  try {
    return work(page);
  } finally {
    internals(page).module._FPDF_ClosePage(internals(page).pageIdx);
  }
}
