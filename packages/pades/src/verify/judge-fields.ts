import { integerOf, type PdfDict, type PdfObject } from '../pdf/objects.ts';
import { fieldOf, type FieldNode } from './fields.ts';
import { dictOf, hasReference, referencesIn, type Judge } from './judge.ts';
import { sameValue, type ChangedObject } from './step.ts';

/** What filling in changes, by type of field. The states of a button are there already; only which one shows may change. */
const FILLED_KEYS: Readonly<Record<string, ReadonlySet<string>>> = {
  Sig: new Set(['V', 'AP', 'M', 'F']),
  Tx: new Set(['V', 'AP', 'AS', 'M']),
  Ch: new Set(['V', 'AP', 'I', 'M']),
  Btn: new Set(['V', 'AS', 'M']),
};
/** Keys under which the form, pages, the structure tree and actions refer to a field. */
const REFERRING_KEYS: ReadonlySet<string> = new Set(['Fields', 'Kids', 'Annots', 'Parent', 'Obj', 'CO', 'T', 'Annot']);
/** Print, Locked and LockedContents (ISO 32000-1, table 165): what a signer may set, and never take away. */
const LOCKING_FLAGS = 4 | 128 | 512;

/** Fields that were there: empty ones may be signed and filled in, in place and size as they are. */
export function judgeExistingFields(judge: Judge): void {
  for (const change of judge.step.changed.values()) {
    const node = judge.oldFields.byNumber.get(change.number);
    if (node && change.new.type === 'dict' && change.old.type === 'dict') judgeField(judge, node, change);
  }
  for (const change of [...judge.unexplained()]) judgePart(judge, change);
}

function judgeField(judge: Judge, node: FieldNode, { number, new: next }: ChangedObject): void {
  const [before, after] = [node.dict, dictOf(next) ?? node.dict];
  const name = fieldOf(node).name;
  judge.explain(number);
  const keys = [...new Set([...before.entries.keys(), ...after.entries.keys()])].filter((key) => !sameValue(before.entries.get(key), after.entries.get(key)));
  const wrong = keys.find((key) => !FILLED_KEYS[node.type ?? '']?.has(key));
  if (!judge.isOnlyReferredBy(number, (_, path) => REFERRING_KEYS.has(path.slice(path.lastIndexOf('.') + 1)))) {
    judge.never('FIELD_CHANGED', number, `The form field “${name}”, which the document also uses as something else, was changed.`);
    return;
  }
  if (keys.includes('AP') && !showsNewObjects(judge, before.entries.get('AP'), after.entries.get('AP'))) {
    judge.never('FIELD_CHANGED', number, `The form field “${name}” now shows an object that was there before and was no part of it.`);
    return;
  }
  if (wrong !== undefined) {
    judge.never('FIELD_CHANGED', number, `The entry /${wrong} of the form field “${name}” was changed${wrong === 'Rect' ? ': it was moved or resized' : ''}.`);
  } else if (node.type === 'Sig') {
    judgeSignatureField(judge, node, after, keys);
  } else if (!keys.includes('V') || isValue(judge, after.entries.get('V'))) {
    judge.report('FILLING', 'FIELD_FILLED', number, `The form field “${name}” was filled in.`, name);
  } else {
    judge.never('FIELD_CHANGED', number, `The form field “${name}” got a value that is none.`);
  }
}

function judgeSignatureField(judge: Judge, node: FieldNode, after: PdfDict, keys: readonly string[]): void {
  const { number = null } = node;
  const { old } = judge.step;
  const field = fieldOf(node);
  if (keys.includes('V') && old.resolve(node.dict.entries.get('V')).type !== 'null') {
    judge.never('SIGNATURE_REPLACED', number, `The signature in “${field.name}” was replaced or removed.`);
    return;
  }
  const signature = judge.signatureIn(field);
  const flags = (dict: PdfDict): number => integerOf(old.resolve(dict.entries.get('F'))) ?? 0;
  const [was, is] = [flags(node.dict), flags(after)];
  if (!signature) judge.never('FIELD_CHANGED', number, `The signature field “${field.name}” was changed without being signed in that revision.`);
  else if ((was & ~is) !== 0 || (is & ~was & ~LOCKING_FLAGS) !== 0 || after.entries.get('F')?.type === 'reference') {
    judge.never('FIELD_CHANGED', number, `The flags of the signature field “${field.name}” were changed.`);
  } else if (signature.isDocTimestamp) judge.report('ALWAYS', 'TIMESTAMP_ADDED', number, `A document time stamp was put into the field “${field.name}”.`);
  else judge.report('SIGNING', 'SIGNATURE_ADDED', number, `The signature field “${field.name}” was signed.`, field.name);
}

/** An appearance may consist of new objects, and of those that the field showed before. */
function showsNewObjects(judge: Judge, before: PdfObject | undefined, after: PdfObject | undefined): boolean {
  const known = new Set(referencesIn(before).map(({ number }) => number));
  return referencesIn(after).every((reference) => known.has(reference.number) || judge.isNew(reference));
}

/** Values and appearances that are objects of their own and were overwritten in place. */
function judgePart(judge: Judge, { number, old, new: next }: ChangedObject): void {
  const owners = judge.references.referrersOf(number).map(({ owner, path }) => ({ node: judge.oldFields.byNumber.get(owner), path }));
  const [first] = owners;
  const field = first?.node && fieldOf(first.node);
  if (!field || owners.some(({ node, path }) => !node || fieldOf(node) !== field || !isPart(node, path, old, next))) return;
  const { name, type } = field;
  const signature = judge.signatureIn(field);
  if (type === 'Sig' && !signature) return;
  judge.explain(number);
  const permission = type === 'Sig' ? (signature?.isDocTimestamp ? 'ALWAYS' : 'SIGNING') : 'FILLING';
  judge.report(permission, 'FIELD_FILLED', number, `What the form field “${name}” shows was filled in.`, name);
}

function isPart({ type }: FieldNode, path: string, old: ChangedObject['old'], next: ChangedObject['new']): boolean {
  if (type === 'Btn' || !FILLED_KEYS[type ?? '']) return false;
  if (path === 'AP' || path.startsWith('AP.')) return old.type === next.type && (next.type === 'stream' || next.type === 'dict');
  return path === 'V' && type !== 'Sig' && next.type !== 'stream' && !hasReference(next) && next.type !== 'dict';
}

/** A text, a name, several of them, or a new object that holds one. */
function isValue(judge: Judge, value: PdfObject | undefined): boolean {
  if (value?.type === 'reference') return judge.isNew(value);
  return value === undefined || (value.type !== 'dict' && !hasReference(value));
}
