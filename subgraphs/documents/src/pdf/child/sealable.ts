import pdfLib, { type PDFDocument } from 'pdf-lib';
import { Refused } from '../refusal.ts';

const { EncryptedPDFError, popGraphicsState, pushGraphicsState } = pdfLib;

/** Reads the document the way sealing will. */
export async function loadForSealing(pdf: Uint8Array): Promise<PDFDocument> {
  try {
    return await pdfLib.PDFDocument.load(pdf, { updateMetadata: false, parseSpeed: pdfLib.ParseSpeeds.Fastest });
  } catch (error) {
    if (error instanceof EncryptedPDFError) throw new Refused('ENCRYPTED');
    throw error;
  }
}

/** Does to every page what sealing does, which is to add to its content, and gives the rewritten file. */
export async function rewrite(document: PDFDocument): Promise<Uint8Array> {
  for (const page of document.getPages()) page.pushOperators(pushGraphicsState(), popGraphicsState());
  // Thrown away afterwards: neither packed nor done bit by bit.
  return document.save({ useObjectStreams: false, updateFieldAppearances: false, objectsPerTick: Infinity });
}
