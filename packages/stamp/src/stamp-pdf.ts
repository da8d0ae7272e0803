import { drawField } from './draw-field.ts';
import { assertDrawable, type StampField } from './fields.ts';
import { loadUnsigned, unreadable } from './load.ts';
import { Materials } from './materials.ts';
import { StampRefusal } from './refusal.ts';

/**
 * Draws the values of fields onto the pages of an unsigned PDF. The document is written anew, so this comes
 * before any signature; form fields, annotations, attachments and metadata stay as they are.
 * All fields are checked first: either all are drawn or the PDF is refused.
 *
 * @returns A new PDF, always written anew, also when there is no field.
 * @throws {StampRefusal}
 */
export async function stampPdf(pdf: Uint8Array, fields: readonly StampField[]): Promise<Uint8Array> {
  const { document, pages } = await loadUnsigned(pdf);
  assertDrawable(fields, pages.length);
  try {
    const materials = new Materials(document);
    for (const [index, field] of fields.entries()) {
      const page = pages[field.page - 1];
      if (page) await drawField(page, field, index, materials);
    }
    return await document.save({ useObjectStreams: allowsObjectStreams(pdf), updateFieldAppearances: false, addDefaultPage: false });
  } catch (cause) {
    // The library meets damage only where it looks, which may be as late as here.
    throw cause instanceof StampRefusal ? cause : unreadable(cause);
  }
}

/** Object streams came with PDF 1.5; a file that claims less, such as PDF/A-1, must not get any. */
function allowsObjectStreams(pdf: Uint8Array): boolean {
  const version = /%PDF-(\d)\.(\d)/.exec(Buffer.from(pdf.subarray(0, 1024)).toString('latin1'));
  return version !== null && Number(version[1]) * 10 + Number(version[2]) >= 15;
}
