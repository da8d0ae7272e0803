import { LIMITS } from '../limits.ts';
import { damaged } from '../refusal.ts';
import { readFieldLock, type FieldLock } from './field-lock.ts';
import type { ObjectReader } from './object-reader.ts';
import { integerOf, nameOf, type PdfDict, type PdfObject, type PdfReference, type PdfStream } from './objects.ts';
import type { Revision } from './revision.ts';
import { textOf } from './text-string.ts';

/** A form field that can hold a value. */
export interface FormField {
  /** Partial names joined by periods; undefined where a partial name is missing or holds a period itself. */
  readonly qualifiedName: string | undefined;
  /** Undefined when the field is no object of its own. */
  readonly reference: PdfReference | undefined;
  readonly dict: PdfDict;
  /** /FT, inherited or own. */
  readonly type: string | undefined;
  /** /V, inherited or own. */
  readonly value: PdfObject | PdfStream;
  /** Its widgets: the field itself when the two are merged, else its kids. */
  readonly widgets: readonly PdfObject[];
}

/** What the form of a document says about signing it. */
export interface FormSurvey {
  readonly fields: readonly FormField[];
  readonly rootFieldNames: ReadonlySet<string>;
  /** Values of signature fields, time stamps included. */
  readonly signatures: readonly PdfDict[];
  /** What certification and locks permit (DocMDP P), when there is one: the strictest. */
  readonly permission: number | undefined;
  /** FieldMDP transforms of the signatures. */
  readonly locks: readonly FieldLock[];
}

interface Inherited {
  readonly qualifiedName: string | undefined;
  readonly type: string | undefined;
  readonly value: PdfObject | undefined;
}

export function surveyForm(revision: Revision): FormSurvey {
  const form = revision.optionalDict(revision.catalog.entries.get('AcroForm'), '/AcroForm');
  const roots = form ? revision.array(form.entries.get('Fields'), '/Fields of the form').items : [];
  const rootFieldNames = new Set<string>();
  const fields: FormField[] = [];
  for (const root of roots) {
    const dict = revision.optionalDict(root, 'a form field');
    if (!dict) continue;
    const name = revision.resolve(dict.entries.get('T'));
    if (name.type === 'string') rootFieldNames.add(textOf(name));
    collectFields(revision, root, dict, { qualifiedName: '', type: undefined, value: undefined }, 0, fields);
  }
  const signed = fields.filter(({ type, value }) => type === 'Sig' && value.type === 'dict');
  const signatures = signed.map(({ value }) => value as PdfDict);
  const protections = signed.flatMap((field) => protectionsOf(revision, field));
  const permissions = protections.flatMap(({ permission }) => permission ?? []);
  return {
    fields,
    rootFieldNames,
    signatures,
    permission: permissions.length > 0 ? Math.min(...permissions) : undefined,
    locks: protections.flatMap(({ lock }) => lock ?? []),
  };
}

function collectFields(revision: Revision, node: PdfObject, dict: PdfDict, above: Inherited, depth: number, found: FormField[]): void {
  if (depth > LIMITS.treeDepth) throw damaged('the form fields are nested too deeply');
  const partial = revision.resolve(dict.entries.get('T'));
  // Many fields may share one long name.
  revision.budget.spendSteps(partial.type === 'string' ? partial.source.length + 1 : 1);
  const own: Inherited = {
    qualifiedName: qualified(above.qualifiedName, partial),
    type: nameOf(revision.resolve(dict.entries.get('FT'))) ?? above.type,
    value: dict.entries.get('V') ?? above.value,
  };
  const kids = revision.array(dict.entries.get('Kids'), '/Kids of a form field').items;
  const widgets: PdfObject[] = kids.length === 0 ? [node] : [];
  for (const kid of kids) {
    const kidDict = revision.optionalDict(kid, 'a form field');
    if (!kidDict) continue;
    // A kid without a name of its own is a mere widget (ISO 32000-1, 12.7.3.1); what it hides below it is still looked at.
    if (!kidDict.entries.has('T')) widgets.push(kid);
    if (kidDict.entries.has('T') || kidDict.entries.has('Kids') || kidDict.entries.has('V')) {
      collectFields(revision, kid, kidDict, own, depth + 1, found);
    }
  }
  if (widgets.length === 0) return;
  const { qualifiedName, type } = own;
  found.push({ qualifiedName, reference: node.type === 'reference' ? node : undefined, dict, type, value: revision.resolve(own.value), widgets });
}

function qualified(above: string | undefined, partial: PdfObject | PdfStream): string | undefined {
  if (partial.type !== 'string') return above === '' ? undefined : above;
  const text = textOf(partial);
  if (above === undefined || text.includes('.')) return undefined;
  return above === '' ? text : `${above}.${text}`;
}

interface Protection {
  readonly permission: number | undefined;
  readonly lock?: FieldLock;
}

/** What a signature forbids: by its transforms, and by the /P of its field's lock. */
function protectionsOf(reader: ObjectReader, { dict, value }: FormField): Protection[] {
  const lock = reader.optionalDict(dict.entries.get('Lock'), '/Lock');
  const found: Protection[] = lock ? [{ permission: readFieldLock(reader, lock).permission }] : [];
  if (value.type !== 'dict') return found;
  for (const item of reader.array(value.entries.get('Reference'), '/Reference of a signature').items) {
    const entry = reader.dict(item, 'a signature reference');
    const method = nameOf(reader.resolve(entry.entries.get('TransformMethod')));
    const parameters = reader.optionalDict(entry.entries.get('TransformParams'), '/TransformParams');
    // 2 is the default of ISO 32000-1, table 254.
    if (method === 'DocMDP') found.push({ permission: integerOf(reader.resolve(parameters?.entries.get('P'))) ?? 2 });
    if (method === 'FieldMDP' && parameters) found.push({ permission: undefined, lock: readFieldLock(reader, parameters) });
  }
  return found;
}
