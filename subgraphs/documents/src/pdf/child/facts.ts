import pdfLib, { type PDFDict as Dictionary, type PDFDocument, type PDFObject } from 'pdf-lib';
import type { Inspection } from '../inspection.ts';
import { Refused } from '../refusal.ts';

// A CommonJS package whose names Node cannot list: they come by its default export.
const { PDFArray, PDFDict, PDFHexString, PDFName, PDFStream, PDFString } = pdfLib;

export type DocumentFacts = Pick<Inspection, 'title' | 'producer' | 'hasAcroForm' | 'hasSignatures' | 'hasAttachments' | 'hasJavaScript'>;

const MAX_LABEL = 500;

/** What the document says of itself, and what it carries. An XFA form is refused. */
export function factsOf(document: PDFDocument): DocumentFacts {
  const form = document.catalog.lookup(PDFName.of('AcroForm'));
  if (form instanceof PDFDict && form.has(PDFName.of('XFA'))) throw new Refused('XFA');
  const fields = form instanceof PDFDict ? form.lookup(PDFName.of('Fields')) : undefined;
  const dictionaries = [...allDictionaries(document)];
  const anyHas = (...names: string[]): boolean => dictionaries.some((dictionary) => names.every((name) => dictionary.has(PDFName.of(name))));
  return {
    title: labelOf(document, 'Title'),
    producer: labelOf(document, 'Producer'),
    hasAcroForm: fields instanceof PDFArray && fields.size() > 0,
    // A signature dictionary wherever it hangs (ISO 32000-2, 12.8.1): a field's tree could be cut to hide it.
    hasSignatures: anyHas('ByteRange', 'Contents'),
    hasAttachments: anyHas('EF'),
    hasJavaScript: anyHas('S', 'JS'),
  };
}

/** Every dictionary in the file, also those written in place inside others. */
function* allDictionaries(document: PDFDocument): Generator<Dictionary> {
  // Objects written in place form a finite tree; references are not followed, as their targets come in their own turn.
  const waiting: PDFObject[] = document.context.enumerateIndirectObjects().map(([, object]) => object);
  for (let object = waiting.pop(); object; object = waiting.pop()) {
    if (object instanceof PDFStream) object = object.dict;
    if (object instanceof PDFArray) waiting.push(...object.asArray());
    if (!(object instanceof PDFDict)) continue;
    yield object;
    for (const value of object.values()) waiting.push(value);
  }
}

function labelOf(document: PDFDocument, name: 'Title' | 'Producer'): string | null {
  const info = document.context.lookup(document.context.trailerInfo.Info);
  const value = info instanceof PDFDict ? info.lookup(PDFName.of(name)) : undefined;
  if (!(value instanceof PDFString || value instanceof PDFHexString)) return null;
  return storable(value.decodeText().trim().slice(0, MAX_LABEL)) || null;
}

/** Text that any database takes: no NUL, no half of a surrogate pair, one kind of line end. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\r\n', '\n').replaceAll('\0', '');
