import { PDFName, PDFString, type PDFDocument } from 'pdf-lib';
import { addCertificate } from '../certificate/pages.ts';
import { loadUnsigned, unreadable } from '../pdf/load.ts';
import { Materials } from '../pdf/materials.ts';
import { StampRefusal } from '../refusal.ts';
import { drawFields, write } from '../stamp-pdf.ts';
import { drawExistingValues } from './existing-values.ts';
import { Form } from './form.ts';
import { assertPlan, type LayoutPlan } from './plan.ts';
import { addWidget } from './widget.ts';

/**
 * Lays the base revision of a document: draws what is filled in already, appends the completion certificate, and puts
 * every empty field in its final place. The document is written anew, so this comes before any signature; fields,
 * values, annotations, attachments and metadata that it has stay as they are.
 *
 * @throws {StampRefusal}
 */
export async function layOutDocument(pdf: Uint8Array, plan: LayoutPlan): Promise<Uint8Array> {
  const { document, pages } = await loadUnsigned(pdf);
  try {
    const form = new Form(document);
    assertPlan(plan, pages.length, form.names);
    const materials = await Materials.for(document);
    await drawExistingValues(document, form.dict);
    await drawFields(pages, plan.drawn, materials);
    const certificate = plan.certificate ? addCertificate(document, plan.certificate, materials) : [];
    const all = document.getPages();
    for (const field of [...plan.fields, ...certificate]) {
      // An invisible field needs a page as well; the first is always there.
      const page = all[(field.page ?? 1) - 1];
      if (page) form.add(addWidget(document, page, field));
    }
    form.prepareForSignatures();
    form.provideDefaultFont();
    setLanguage(document, plan.language);
    materials.fonts.embed();
    return await write(document, pdf);
  } catch (cause) {
    // The library meets damage only where it looks, which may be as late as here.
    throw cause instanceof StampRefusal ? cause : unreadable(cause);
  }
}

function setLanguage({ catalog }: PDFDocument, language: string | undefined): void {
  if (language !== undefined && !catalog.has(PDFName.of('Lang'))) catalog.set(PDFName.of('Lang'), PDFString.of(language));
}
