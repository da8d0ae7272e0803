import type { PdfDict, PdfObject } from '../pdf/objects.ts';
import { integerOf, nameOf } from '../pdf/objects.ts';
import { fieldOf, type FieldNode } from './fields.ts';
import type { Judge } from './judge.ts';
import { sameValue } from './step.ts';

/** Entries that a new signature field may have: nothing that acts, and nothing that hides elsewhere. */
const NEW_FIELD_KEYS: ReadonlySet<string> = new Set([
  'Type', 'Subtype', 'FT', 'T', 'TU', 'TM', 'Ff', 'V', 'DV', 'F', 'Rect', 'P', 'AP', 'MK', 'BS', 'Border', 'Lock', 'SV', 'DA', 'Q', 'M', 'NM', 'Kids', 'StructParent',
]);
/** Entries that a form may get which was not there, or did not have them. */
const NEW_FORM_KEYS: ReadonlySet<string> = new Set(['DR', 'DA', 'Q']);
/** Hidden (ISO 32000-1, table 165): neither on screen nor on paper. NoView alone would still be printed. */
const HIDDEN = 2;

/** The form: nothing may happen to it but that signature fields are appended. */
export function judgeForm(judge: Judge): void {
  const { old, new: next } = judge.step;
  const [oldEntry, newEntry] = [old.catalog.entries.get('AcroForm'), next.catalog.entries.get('AcroForm')];
  const [oldForm, newForm] = [old.resolve(oldEntry), next.resolve(newEntry)];
  if (newForm.type !== 'dict') {
    if (oldForm.type === 'dict') judge.never('FORM_CHANGED', numberOf(newEntry), 'The form was removed.');
    return;
  }
  const before: PdfDict = oldForm.type === 'dict' ? oldForm : { type: 'dict', entries: new Map() };
  for (const key of new Set([...before.entries.keys(), ...newForm.entries.keys()])) {
    const [a, b] = [before.entries.get(key), newForm.entries.get(key)];
    if (key === 'Fields' || key === 'SigFlags' || sameValue(a, b)) continue;
    if (!a && NEW_FORM_KEYS.has(key)) continue;
    judge.never('FORM_CHANGED', numberOf(newEntry), `The entry /${key} of the form was changed.`);
  }
  const isForm = (owner: number, path: string): boolean => owner === judge.catalogNumber && path === 'AcroForm';
  if (oldEntry?.type === 'reference' && judge.isOnlyReferredBy(oldEntry.number, isForm)) judge.explain(oldEntry.number);
  judgeFieldList(judge, oldEntry, before.entries.get('Fields'), newForm.entries.get('Fields'));
}

function judgeFieldList(judge: Judge, form: PdfObject | undefined, before: PdfObject | undefined, after: PdfObject | undefined): void {
  const { old, new: next } = judge.step;
  if (before?.type === 'reference') {
    const formNumber = form?.type === 'reference' ? form.number : undefined;
    const isList = (owner: number, path: string): boolean =>
      formNumber === undefined ? owner === judge.catalogNumber && path === 'AcroForm.Fields' : owner === formNumber && path === 'Fields';
    if (judge.isOnlyReferredBy(before.number, isList)) judge.explain(before.number);
  }
  const oldItems = old.array(before, '/Fields').items;
  const newItems = next.array(after, '/Fields').items;
  if (!oldItems.every((item, i) => sameValue(item, newItems[i]))) {
    judge.never('FIELD_REMOVED', numberOf(after), 'Form fields were removed or put in another order.');
    return;
  }
  for (const item of newItems.slice(oldItems.length)) judgeNewField(judge, item);
}

function judgeNewField(judge: Judge, item: PdfObject): void {
  const node = judge.isNew(item) ? judge.newFields.byNumber.get(item.number) : undefined;
  const object = numberOf(item);
  if (!node || node.parent || node.type !== 'Sig' || node.name === '' || node.name.includes('.')) {
    judge.never('FIELD_ADDED', object, `A form field was added that is no signature field${node ? ` (“${node.name}”)` : ''}.`);
    return;
  }
  if (judge.oldFields.nodes.some(({ name }) => name === node.name || name.startsWith(`${node.name}.`))) {
    judge.never('FIELD_ADDED', object, `A second form field with the name “${node.name}” was added.`);
    return;
  }
  const parts = judge.newFields.nodes.filter((part) => fieldOf(part) === node);
  const odd = parts.flatMap((part) => oddEntries(node, part))[0];
  if (odd !== undefined || parts.some(({ number }) => number === undefined || !judge.step.added.has(number)) || hasNamedKids(judge, node)) {
    judge.never('FIELD_ADDED', object, `The signature field “${node.name}” was added with ${odd ? `the entry /${odd}` : 'parts'} that it must not have.`);
    return;
  }
  if (parts.some((part) => isShown(judge, part))) {
    judge.never('VISIBLE_SIGNATURE_FIELD_ADDED', object, `A visible signature field “${node.name}” was added: it can cover what was signed.`);
    return;
  }
  for (const { number } of parts) if (number !== undefined) judge.newWidgets.add(number);
  reportNewField(judge, node);
}

function oddEntries(field: FieldNode, part: FieldNode): string[] {
  const isOdd = (key: string): boolean => !NEW_FIELD_KEYS.has(key) && !(key === 'Parent' && part !== field);
  const isWidget = nameOf(part.dict.entries.get('Subtype') ?? { type: 'name', name: 'Widget' }) === 'Widget';
  return [...[...part.dict.entries.keys()].filter(isOdd), ...(isWidget ? [] : ['Subtype'])];
}

function hasNamedKids(judge: Judge, node: FieldNode): boolean {
  return judge.newFields.nodes.some(({ parent, dict }) => parent === node && (dict.entries.has('T') || dict.entries.has('V') || dict.entries.has('FT')));
}

function reportNewField(judge: Judge, node: FieldNode): void {
  const object = node.number ?? null;
  if (judge.step.new.resolve(node.dict.entries.get('V')).type === 'null') {
    judge.report('SIGNING', 'EMPTY_SIGNATURE_FIELD_ADDED', object, `An empty, invisible signature field “${node.name}” was added.`);
    return;
  }
  const signature = judge.signatureIn(node);
  if (!signature) judge.never('SIGNATURE_REPLACED', object, `A signature was added to “${node.name}” that does not cover its own revision.`);
  else if (signature.isDocTimestamp) judge.report('ALWAYS', 'TIMESTAMP_ADDED', object, 'A document time stamp was added.');
  else judge.report('SIGNING', 'SIGNATURE_ADDED', object, `An invisible signature “${node.name}” was added.`);
}

function isShown(judge: Judge, { dict }: FieldNode): boolean {
  const { new: revision } = judge.step;
  const rectangle = dict.entries.get('Rect');
  if (!dict.entries.has('Subtype') && rectangle === undefined) return false;
  if (((integerOf(revision.resolve(dict.entries.get('F'))) ?? 0) & HIDDEN) !== 0) return false;
  // Indirect parts could be changed later; a new field has no need of them.
  if (rectangle?.type !== 'array' || rectangle.items.length !== 4) return true;
  const [a, b, c, d] = rectangle.items.map((item) => (item.type === 'number' ? item.value : Number.NaN));
  return !(a === c || b === d);
}

export function numberOf(value: PdfObject | undefined): number | null {
  return value?.type === 'reference' ? value.number : null;
}
