import { nameOf, textOf, type PdfDict, type PdfObject, type Revision } from '@buffrsign/pades/reader';
import { Refused } from '../refusal.ts';

const MAX_DEPTH = 64;

export interface FormField {
  /** Fully qualified. */
  readonly name: string;
  readonly dict: PdfDict;
  /** Of the field or inherited. */
  readonly type: string | null;
  readonly flags: number;
  readonly value: PdfObject | null;
  readonly tooltip: string | null;
  /** Where it stands: itself, or those of its kids that are no fields. */
  readonly widgets: readonly PdfDict[];
}

/** The fields of the form that can be filled in, in its order. */
export function* fieldsOf(revision: Revision): Generator<FormField> {
  const form = revision.resolve(revision.catalog.entries.get('AcroForm'));
  if (form.type !== 'dict') return;
  for (const field of itemsOf(revision, form.entries.get('Fields'))) yield* below(revision, field, { name: '', type: null, flags: 0, value: null, tooltip: null }, 0);
}

type Inherited = Pick<FormField, 'name' | 'type' | 'flags' | 'value' | 'tooltip'>;

function* below(revision: Revision, node: PdfObject, from: Inherited, depth: number): Generator<FormField> {
  if (depth > MAX_DEPTH) throw new Refused('BROKEN', 'the form fields are nested too deeply');
  revision.budget.spendSteps(1);
  const dict = revision.resolve(node);
  if (dict.type !== 'dict') return;
  const own = inherit(revision, dict, from);
  const kids = itemsOf(revision, dict.entries.get('Kids'));
  const [fields, widgets] = [kids.filter((kid) => isField(revision, kid)), kids.filter((kid) => !isField(revision, kid))];
  for (const kid of fields) yield* below(revision, kid, own, depth + 1);
  if (fields.length > 0 && widgets.length === 0) return;
  yield { ...own, dict, widgets: (kids.length > 0 ? widgets : [node]).flatMap((widget) => widgetOf(revision, widget)) };
}

const isField = (revision: Revision, kid: PdfObject): boolean => {
  const dict = revision.resolve(kid);
  return dict.type === 'dict' && (dict.entries.has('T') || dict.entries.has('Kids'));
};

const widgetOf = (revision: Revision, node: PdfObject): FormField['widgets'] => {
  const dict = revision.resolve(node);
  return dict.type === 'dict' ? [dict] : [];
};

function inherit(revision: Revision, { entries }: PdfDict, from: Inherited): Inherited {
  const text = (key: string): string | null => {
    const value = revision.resolve(entries.get(key));
    return value.type === 'string' ? textOf(value) : null;
  };
  const partial = text('T');
  const flags = revision.resolve(entries.get('Ff'));
  const value = revision.resolve(entries.get('V'));
  return {
    name: [from.name, partial].filter(Boolean).join('.'),
    type: nameOf(revision.resolve(entries.get('FT'))) ?? from.type,
    flags: flags.type === 'number' ? flags.value : from.flags,
    value: value.type === 'null' || value.type === 'stream' ? from.value : value,
    tooltip: text('TU') ?? from.tooltip,
  };
}

export const itemsOf = (revision: Revision, value: PdfObject | undefined): readonly PdfObject[] => {
  const array = revision.resolve(value);
  return array.type === 'array' ? array.items : [];
};
