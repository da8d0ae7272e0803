import type { FormSurvey } from '../pdf/form.ts';
import { array, dict, integer, integerOf, name, withEntries, type PdfDict, type PdfObject, type PdfReference } from '../pdf/objects.ts';
import { firstPage } from '../pdf/pages.ts';
import type { Revision } from '../pdf/revision.ts';
import { serialise } from '../pdf/serialise.ts';
import { textString } from '../pdf/text-string.ts';
import type { Update } from '../pdf/update.ts';
import { PdfRefusal } from '../refusal.ts';

/** Print and Locked (ISO 32000-1, table 165). */
const PRINT_AND_LOCKED = 132;
/** SignaturesExist and AppendOnly (table 219). */
const SIGNATURES_EXIST_APPEND_ONLY = 3;

export interface SignatureFieldFacts {
  readonly fieldName: string;
  readonly certifies: boolean;
}

/** The name asked for, or the first free of `Signature1`, `Signature2`, … */
export function fieldNameFor(form: FormSurvey, wanted: string | undefined): string {
  if (wanted !== undefined) {
    if (form.rootFieldNames.has(wanted)) throw new PdfRefusal('FIELD_NAME_TAKEN', `The form already has a field named "${wanted}".`);
    return wanted;
  }
  let number = 1;
  while (form.rootFieldNames.has(`Signature${number}`)) number++;
  return `Signature${number}`;
}

/** Adds an invisible signature field with its value, and whatever must point to it. */
export function addSignatureField(revision: Revision, update: Update, signature: PdfReference, facts: SignatureFieldFacts): void {
  const page = firstPage(revision);
  const field = update.allocate();
  update.put(field, widget(facts.fieldName, signature, page.reference, emptyAppearance(update)));
  appendTo(revision, update, page.reference, page.dict, 'Annots', field);
  addToCatalog(revision, update, field, facts.certifies ? signature : undefined);
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

/** PDF/A wants an appearance for every widget, even for one without an area. */
function emptyAppearance(update: Update): PdfReference {
  const appearance = update.allocate();
  const form = dict({ Type: name('XObject'), Subtype: name('Form'), BBox: array([0, 0, 0, 0].map(integer)), Length: integer(0) });
  update.put(appearance, Buffer.from(`${serialise(form)}\nstream\n\nendstream`, 'latin1'));
  return appearance;
}

/** Appends to the array under `key`: in place when the array is an object of its own, else in its owner. */
function appendTo(revision: Revision, update: Update, ownerReference: PdfReference, owner: PdfDict, key: string, item: PdfObject): void {
  const current = owner.entries.get(key);
  const extended = array([...revision.array(current, `/${key}`).items, item]);
  if (current?.type === 'reference') update.put(current, extended);
  else update.put(ownerReference, withEntries(owner, { [key]: extended }));
}

/** Makes the field part of the form, and a certification signature known to the catalog (12.8.4). */
function addToCatalog(revision: Revision, update: Update, field: PdfReference, certification: PdfReference | undefined): void {
  const { catalog, catalogReference } = revision;
  const changes = { ...formChange(revision, update, field), ...(certification && permissionsChange(revision, certification)) };
  if (Object.keys(changes).length > 0) update.put(catalogReference, withEntries(catalog, changes));
}

/** Adds the field to the form; returns what must change in the catalog for it, which is often nothing. */
function formChange(revision: Revision, update: Update, field: PdfReference): Record<string, PdfObject> {
  const current = revision.catalog.entries.get('AcroForm');
  const form = revision.optionalDict(current, '/AcroForm') ?? dict({});
  const changed = withEntries(form, { ...fieldsChange(revision, update, form, field), SigFlags: integer(signatureFlags(revision, form)) });
  if (current?.type === 'reference' && revision.resolve(current).type === 'dict') {
    update.put(current, changed);
    return {};
  }
  // A new form is an object of its own, so that the next signature need not touch the catalog.
  if (current?.type === 'dict') return { AcroForm: changed };
  const reference = update.allocate();
  update.put(reference, changed);
  return { AcroForm: reference };
}

function fieldsChange(revision: Revision, update: Update, form: PdfDict, field: PdfReference): Record<string, PdfObject> {
  const current = form.entries.get('Fields');
  const extended = array([...revision.array(current, '/Fields of the form').items, field]);
  if (current?.type !== 'reference') return { Fields: extended };
  update.put(current, extended);
  return {};
}

function signatureFlags(revision: Revision, form: PdfDict): number {
  return (integerOf(revision.resolve(form.entries.get('SigFlags'))) ?? 0) | SIGNATURES_EXIST_APPEND_ONLY;
}

function permissionsChange(revision: Revision, certification: PdfReference): Record<string, PdfObject> {
  const permissions = revision.optionalDict(revision.catalog.entries.get('Perms'), '/Perms') ?? dict({});
  return { Perms: withEntries(permissions, { DocMDP: certification }) };
}
