import { PdfRefusal, type Revision } from '@buffrsign/pades/reader';
import { Refused } from '../refusal.ts';
import { openStrictly } from './strict.ts';

/** A document as the strict reader sees it, and whether it had to be mended or decrypted for that. */
export interface Readable<Reading> {
  readonly reading: Reading;
  readonly mended: boolean;
  readonly decrypted: boolean;
}

/** Decrypts and mends; gives nothing where the library does not manage. */
type Mender = (pdf: Uint8Array, password: string | undefined) => Promise<Uint8Array | null>;

/**
 * Has a document read to its end by the cross-reference: as it is, or as the first library rewrites it whose work the
 * strict reader takes. Whether what comes out still shows the same is for the caller to see.
 */
export async function normalise<Reading>(pdf: Uint8Array, password: string | undefined, read: (revision: Revision) => Reading): Promise<Readable<Reading>> {
  const asItIs = attempt(pdf, read);
  if ('reading' in asItIs) return { ...asItIs, mended: false, decrypted: false };
  if (asItIs.refusal.code === 'TOO_COMPLEX') throw new Refused('TOO_COMPLEX', asItIs.refusal.message);
  const decrypted = asItIs.refusal.code === 'ENCRYPTED';
  let reason = asItIs.refusal;
  for (const mend of [byLibpdf, byPdfLib]) {
    const mended = await mend(pdf, password);
    if (!mended) continue;
    const outcome = attempt(mended, read);
    if ('reading' in outcome) return { ...outcome, mended: true, decrypted };
    reason = outcome.refusal;
  }
  throw new Refused(decrypted ? 'ENCRYPTED' : 'BROKEN', reason.message);
}

function attempt<Reading>(pdf: Uint8Array, read: (revision: Revision) => Reading): { readonly reading: Reading } | { readonly refusal: PdfRefusal } {
  try {
    return { reading: read(openStrictly(pdf)) };
  } catch (error) {
    if (error instanceof PdfRefusal) return { refusal: error };
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
  const { PDFDocument } = await import('@cantoo/pdf-lib');
  const document = await PDFDocument.load(pdf, { updateMetadata: false, ...(password !== undefined && { password }) }).catch(() => null);
  return document && (await document.save({ useObjectStreams: false, updateFieldAppearances: false }).catch(() => null));
};
