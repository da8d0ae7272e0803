import type { FormSurvey } from '../pdf/form.ts';
import { array, dict, integer, name, withEntries, type PdfDict, type PdfObject, type PdfReference } from '../pdf/objects.ts';
import { firstPage } from '../pdf/pages.ts';
import { textString } from '../pdf/text-string.ts';
import type { Update } from '../pdf/update.ts';
import { changeForm } from './form-change.ts';
import { invalid } from './options.ts';

/** Print and Locked (ISO 32000-1, table 165). */
const PRINT_AND_LOCKED = 132;

/** The first free of `Signature1`, `Signature2`, … */
export function freeFieldName(form: FormSurvey, stem: string): string {
  let number = 1;
  while (form.rootFieldNames.has(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}

/** Adds an invisible signature field with its value, and whatever must point to it. */
export function addSignatureField(update: Update, fieldName: string, signature: PdfReference): void {
  // A period separates the parts of a qualified field name (ISO 32000-1, 12.7.3.2).
  if (fieldName.includes('.')) throw invalid(`there is no field "${fieldName}", and the name of a new one must not hold a period`);
  const page = firstPage(update.revision);
  const field = update.add(widget(fieldName, signature, page.reference, emptyAppearance(update)));
  appendToPage(update, page.reference, field);
  changeForm(update, field);
}

function widget(fieldName: string, value: PdfReference, page: PdfReference, appearance: PdfReference): PdfDict {
  return dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name('Sig'),
    T: textString(fieldName),
    V: value,
    F: integer(PRINT_AND_LOCKED),
    Rect: array([0, 0, 0, 0].map(integer)),
    P: page,
    AP: dict({ N: appearance }),
  });
}

const EMPTY_APPEARANCE = '<</Type /XObject\n/Subtype /Form\n/BBox [0 0 0 0]\n/Length 0>>\nstream\n\nendstream';

/** PDF/A wants an appearance for every widget, even for one without an area. */
export function emptyAppearance(update: Update): PdfReference {
  return update.add(EMPTY_APPEARANCE);
}

/** Appends to /Annots: in place when the array is an object of its own, else in the page. */
function appendToPage(update: Update, page: PdfReference, item: PdfObject): void {
  const current = update.dict(page, 'the page').entries.get('Annots');
  const extended = array([...update.array(current, '/Annots').items, item]);
  if (current?.type === 'reference') update.change(current, 'annotations', extended);
  else update.change(page, 'page', withEntries(update.dict(page, 'the page'), { Annots: extended }));
}
