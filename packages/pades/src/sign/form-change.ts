import { array, dict, integer, integerOf, withEntries, type PdfObject, type PdfReference } from '../pdf/objects.ts';
import type { Update } from '../pdf/update.ts';

/** SignaturesExist and AppendOnly (ISO 32000-1, table 219). */
const SIGNATURES_EXIST_APPEND_ONLY = 3;

/** Adds a new field to the form, if there is one, and has the form say that the document is signed. */
export function changeForm(update: Update, newField?: PdfReference): void {
  const current = update.catalog.entries.get('AcroForm');
  const form = update.optionalDict(current, '/AcroForm') ?? dict({});
  const flags = integerOf(update.resolve(form.entries.get('SigFlags'))) ?? 0;
  const changes: Record<string, PdfObject> = newField ? fieldsChange(update, form.entries.get('Fields'), newField) : {};
  const signed = flags | SIGNATURES_EXIST_APPEND_ONLY;
  if (signed !== flags) changes['SigFlags'] = integer(signed);
  if (Object.keys(changes).length === 0) return;
  const changed = withEntries(form, changes);
  if (current?.type === 'reference' && update.resolve(current).type === 'dict') update.change(current, 'form', changed);
  // A new form is an object of its own, so that the next signature need not touch the catalog.
  else changeCatalog(update, { AcroForm: current?.type === 'dict' ? changed : update.add(changed) });
}

function fieldsChange(update: Update, current: PdfObject | undefined, field: PdfReference): Record<string, PdfObject> {
  const extended = array([...update.array(current, '/Fields of the form').items, field]);
  if (current?.type !== 'reference') return { Fields: extended };
  update.change(current, 'fields', extended);
  return {};
}

/** Has the catalog name the certification signature (12.8.4). */
export function addPermissions(update: Update, certification: PdfReference): void {
  const permissions = update.optionalDict(update.catalog.entries.get('Perms'), '/Perms') ?? dict({});
  changeCatalog(update, { Perms: withEntries(permissions, { DocMDP: certification }) });
}

export function changeCatalog(update: Update, changes: Record<string, PdfObject>): void {
  update.change(update.revision.catalogReference, 'catalog', withEntries(update.catalog, changes));
}
