import { PDFArray, PDFDict, PDFDocument, PDFInvalidObject, PDFName, PDFStream, type PDFObject, type PDFPage } from 'pdf-lib';
import { StampRefusal } from '../refusal.ts';

const BYTE_RANGE = PDFName.of('ByteRange');
const LINEARIZED = PDFName.of('Linearized');
const CONTENTS = PDFName.of('Contents');
const NESTING_MAX = 64;

/** A document that may be drawn on, with its pages in order. */
export interface LoadedPdf {
  readonly document: PDFDocument;
  readonly pages: readonly PDFPage[];
}

/** @throws {StampRefusal} `UNREADABLE_PDF`, `ENCRYPTED` or `ALREADY_SIGNED`. */
export async function loadUnsigned(pdf: Uint8Array): Promise<LoadedPdf> {
  const document = await load(pdf);
  if (isSigned(document)) {
    throw new StampRefusal('ALREADY_SIGNED', 'The PDF is signed; drawing on it would break the signature. Sign it as it is.');
  }
  dropLinearization(document);
  const pages = pagesOf(document);
  pages.forEach(ownContents);
  return { document, pages };
}

async function load(pdf: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(pdf, { updateMetadata: false });
  } catch (cause) {
    // The trailer is never encrypted itself, and strings of compressed objects do not show: the word tells why.
    if (Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).includes('/Encrypt')) {
      throw new StampRefusal('ENCRYPTED', 'The PDF is encrypted: remove the password protection first.', { cause });
    }
    throw unreadable(cause);
  }
}

function pagesOf(document: PDFDocument): PDFPage[] {
  const pages = attempt(() => document.getPages());
  // A page listed twice is one object: a field drawn on the one would show on the other as well.
  if (pages.length === 0 || new Set(pages.map(({ ref }) => ref)).size !== pages.length) {
    throw new StampRefusal('UNREADABLE_PDF', 'The PDF has no page, or lists a page twice.');
  }
  return pages;
}

/** Every object counts, referenced or not: a signature that a later revision unlinked is still evidence. */
function isSigned({ context }: PDFDocument): boolean {
  return context.enumerateIndirectObjects().some(([, object]) => holdsByteRange(object, 0));
}

function holdsByteRange(object: PDFObject | undefined, depth: number): boolean {
  if (depth > NESTING_MAX) throw new StampRefusal('UNREADABLE_PDF', 'The objects of the PDF are nested too deeply.');
  if (object instanceof PDFInvalidObject) return sourceOf(object).includes('/ByteRange');
  if (object instanceof PDFStream) return holdsByteRange(object.dict, depth + 1);
  if (object instanceof PDFArray) return object.asArray().some((item) => holdsByteRange(item, depth + 1));
  if (!(object instanceof PDFDict)) return false;
  return object.has(BYTE_RANGE) || object.values().some((value) => holdsByteRange(value, depth + 1));
}

function sourceOf(object: PDFInvalidObject): string {
  const bytes = new Uint8Array(object.sizeInBytes());
  object.copyBytesInto(bytes, 0);
  return Buffer.from(bytes).toString('latin1');
}

/** The hints describe the byte layout of the former file and are wrong in the new one. */
function dropLinearization({ context }: PDFDocument): void {
  for (const [reference, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFDict && object.has(LINEARIZED)) context.delete(reference);
  }
}

/** Pages may share one array of content streams; what is drawn on one must not show on the others. */
function ownContents(page: PDFPage): void {
  const contents = attempt(() => page.node.lookup(CONTENTS));
  if (contents instanceof PDFArray) page.node.set(CONTENTS, contents.clone());
}

/** The library fails with errors of many kinds on a document that is wrong. */
export function attempt<T>(act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw cause instanceof StampRefusal ? cause : unreadable(cause);
  }
}

export function unreadable(cause: unknown): StampRefusal {
  return new StampRefusal('UNREADABLE_PDF', 'The PDF cannot be read.', { cause });
}
