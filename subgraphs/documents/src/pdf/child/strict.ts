import { Budget, PdfRefusal, ReaderCache, Revision, type PdfRefusalCode } from '@buffrsign/pades/reader';
import { Refused, type RefusalCode } from '../refusal.ts';

/** For whole documents; the reader's own bounds are for what one signature touches. */
const BUDGET = { parsedValues: 8_000_000, steps: 500_000_000, inflatedBytes: 256 * 1024 * 1024 };

const CODES: Partial<Record<PdfRefusalCode, RefusalCode>> = { TOO_COMPLEX: 'TOO_COMPLEX', ENCRYPTED: 'ENCRYPTED' };

/** Reads a document as signing will: by its cross-reference, repairing nothing. @throws PdfRefusal */
export const openStrictly = (pdf: Uint8Array): Revision => new Revision(pdf, new ReaderCache(new Budget(BUDGET)));

/** Does work on a document that must be readable; what the strict reader says becomes a refusal of ours. */
export function strictly<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof PdfRefusal ? new Refused(CODES[error.code] ?? 'BROKEN', error.message) : error;
  }
}
