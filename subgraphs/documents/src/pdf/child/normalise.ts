import { PdfRefusal, type Revision } from '@buffrsign/pades/reader';
import { Refused } from '../refusal.ts';
import { openStrictly, strictly } from './strict.ts';

/** A document as the strict reader sees it, and whether it had to be mended or decrypted for that. */
export interface Readable {
  readonly revision: Revision;
  readonly decrypted: boolean;
}

/** Decrypts and mends; gives nothing where the library does not manage. */
type Mender = (pdf: Uint8Array, password: string | undefined) => Promise<Uint8Array | null>;

/**
 * Makes a document readable by the cross-reference: as it is, or rewritten by the first library whose work the strict
 * reader takes. Whether what comes out still shows the same is for the caller to see.
 */
export async function normalise(pdf: Uint8Array, password: string | undefined): Promise<Readable> {
  const asItIs = attempt(pdf);
  if (asItIs instanceof PdfRefusal === false) return { revision: asItIs, decrypted: false };
  if (asItIs.code === 'TOO_COMPLEX') strictly(() => openStrictly(pdf));
  let reason: PdfRefusal = asItIs;
  for (const mend of [byLibpdf, byPdfLib]) {
    const mended = await mend(pdf, password);
    const read = mended ? attempt(mended) : reason;
    if (read instanceof PdfRefusal) reason = read;
    else return { revision: read, decrypted: asItIs.code === 'ENCRYPTED' };
  }
  throw new Refused(asItIs.code === 'ENCRYPTED' ? 'ENCRYPTED' : 'BROKEN', reason.message);
}

/** Reads as far as the catalog: an offset that is wrong shows at once. */
function attempt(pdf: Uint8Array): Revision | PdfRefusal {
  try {
    const revision = openStrictly(pdf);
    void revision.catalog;
    return revision;
  } catch (error) {
    if (error instanceof PdfRefusal) return error;
    throw error;
  }
}

const byLibpdf: Mender = async (pdf, password) => {
  // Loaded only where it is needed: most documents are sound.
  const { PDF } = await import('@libpdf/core');
  const document = await PDF.load(pdf, password === undefined ? {} : { credentials: password }).catch(() => null);
  // It loads a truncated file without pages, and would save one that it could not decrypt.
  if (!document || !document.isAuthenticated || document.getPageCount() === 0) return null;
  if (document.isEncrypted) {
    if (!mayBeChanged(document.hasOwnerAccess(), document.getPermissions())) throw new Refused('ENCRYPTED', 'opens, but may not be changed');
    document.removeProtection();
  }
  return document.save({ useXRefStream: false }).catch(() => null);
};

/** What its owner allows to whoever only opens it (ISO 32000-2, table 22). Who gives the owner's password may do all. */
const mayBeChanged = (isOwner: boolean, { modify }: { readonly modify: boolean }): boolean => isOwner || modify;

const byPdfLib: Mender = async (pdf, password) => {
  const { default: pdfLib } = await import('@cantoo/pdf-lib');
  const document = await pdfLib.PDFDocument.load(pdf, { updateMetadata: false, ...(password !== undefined && { password }) }).catch(() => null);
  return document && (await document.save({ useObjectStreams: false, updateFieldAppearances: false }).catch(() => null));
};
