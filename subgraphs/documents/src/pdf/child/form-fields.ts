import { bytesOf, textOf, type PdfDict, type PdfObject, type Revision } from '@buffrsign/pades/reader';
import type { SuggestedField } from '../inspection.ts';
import { storable } from './facts.ts';
import { fieldsOf, itemsOf, type FormField } from './form.ts';
import { boxOf, shownAt, type PageShape } from './geometry.ts';
import type { PageTree } from './pages.ts';

// ISO 32000-2, tables 227, 229 and 167.
const READ_ONLY = 1;
const REQUIRED = 2;
const RADIO = 1 << 15;
const PUSH_BUTTON = 1 << 16;
const HIDDEN_OR_NO_VIEW = 2 | 32;

const MAX_FIELDS = 2_000;
const MAX_VALUE_BYTES = 10_000;
const MAX_LABEL = 200;

/** Fields of the document's own form that people fill in or sign, where they stand on the page as it is shown. */
export function fieldsOfForm(revision: Revision, tree: PageTree, shapes: readonly PageShape[]): SuggestedField[] {
  const found: SuggestedField[] = [];
  const pages = pagesOfWidgets(revision, tree);
  for (const field of fieldsOf(revision)) {
    const kind = kindOf(field);
    for (const widget of kind ? field.widgets : []) {
      const page = pages.get(widget);
      const at = page !== undefined && isSeen(revision, widget) ? placeOf(revision, widget, shapes[page]!) : null;
      if (kind && page !== undefined && at) found.push({ source: 'ACRO_FORM', kind, ...describeField(field), page: page + 1, ...at });
      if (found.length >= MAX_FIELDS) return found;
    }
  }
  return found;
}

function kindOf({ type, flags, value }: FormField): SuggestedField['kind'] | null {
  if (flags & READ_ONLY) return null;
  if (type === 'Tx') return 'TEXT';
  if (type === 'Sig') return value?.type === 'dict' ? null : 'SIGNATURE';
  return type === 'Btn' && !(flags & (RADIO | PUSH_BUTTON)) ? 'CHECKBOX' : null;
}

const describeField = ({ name, tooltip, flags, value }: FormField): Pick<SuggestedField, 'name' | 'role' | 'label' | 'required' | 'value'> => ({
  name: storable(name).slice(0, MAX_LABEL),
  role: null,
  label: tooltip === null ? null : storable(tooltip).trim().slice(0, MAX_LABEL).toWellFormed() || null,
  required: (flags & REQUIRED) !== 0,
  value: value && plainText(value),
});

const plainText = (value: PdfObject): string | null => {
  if (value.type === 'name') return storable(value.name);
  return value.type === 'string' && bytesOf(value).length <= MAX_VALUE_BYTES ? storable(textOf(value)) : null;
};

const isSeen = (revision: Revision, { entries }: PdfDict): boolean => {
  const flags = revision.resolve(entries.get('F'));
  return flags.type !== 'number' || (flags.value & HIDDEN_OR_NO_VIEW) === 0;
};

function placeOf(revision: Revision, { entries }: PdfDict, shape: PageShape): ReturnType<typeof shownAt> {
  const box = boxOf(revision, entries.get('Rect'));
  return box && shownAt(shape, box);
}

/** Only what a page lists is shown, whatever a widget says of its page. */
function pagesOfWidgets(revision: Revision, { pages }: PageTree): Map<PdfDict, number> {
  const found = new Map<PdfDict, number>();
  pages.forEach(({ dict }, index) => {
    for (const annotation of itemsOf(revision, dict.entries.get('Annots'))) {
      const widget = revision.resolve(annotation);
      if (widget.type === 'dict' && !found.has(widget)) found.set(widget, index);
    }
  });
  return found;
}
