import { isLocked, readFieldLock, type FieldLock } from '../pdf/field-lock.ts';
import { integerOf, nameOf } from '../pdf/objects.ts';
import type { Revision } from '../pdf/revision.ts';
import type { RawChange } from './judge.ts';
import type { Change } from './report.ts';
import type { SignatureValue } from './signature-value.ts';
import type { Step } from './step.ts';

/** What a signature, and those before it, permit afterwards. */
export interface Rules {
  /** DocMDP P; undefined when nothing was certified. */
  readonly permission: number | undefined;
  readonly locks: readonly FieldLock[];
}

export const NO_RULES: Rules = { permission: undefined, locks: [] };

/** The DocMDP transform of a signature (ISO 32000-1, 12.8.2.2), which makes it a certification. */
export function certificationOf(revision: Revision, { dict }: SignatureValue): number | undefined {
  for (const item of revision.array(dict.entries.get('Reference'), '/Reference of a signature').items) {
    const entry = revision.dict(item, 'a signature reference');
    if (nameOf(revision.resolve(entry.entries.get('TransformMethod'))) !== 'DocMDP') continue;
    const parameters = revision.optionalDict(entry.entries.get('TransformParams'), '/TransformParams');
    // 2 is the default of ISO 32000-1, table 254.
    return integerOf(revision.resolve(parameters?.entries.get('P'))) ?? 2;
  }
  return undefined;
}

/** Adds what one more signature forbids: nothing that an earlier one forbade becomes permitted again. */
export function tighten(rules: Rules, revision: Revision, signature: SignatureValue): Rules {
  const locks: FieldLock[] = [];
  const own = signature.field.dict.entries.get('Lock');
  const lock = revision.optionalDict(own, '/Lock');
  if (lock) locks.push(readFieldLock(revision, lock));
  for (const item of revision.array(signature.dict.entries.get('Reference'), '/Reference of a signature').items) {
    const entry = revision.dict(item, 'a signature reference');
    if (nameOf(revision.resolve(entry.entries.get('TransformMethod'))) !== 'FieldMDP') continue;
    locks.push(readFieldLock(revision, revision.dict(entry.entries.get('TransformParams'), '/TransformParams')));
  }
  const permissions = [rules.permission, certificationOf(revision, signature), ...locks.map(({ permission }) => permission)].flatMap((p) => p ?? []);
  return { permission: permissions.length > 0 ? Math.min(...permissions) : undefined, locks: [...rules.locks, ...locks] };
}

/** Holds a change against the rules of the signatures before it. */
export function apply(rules: Rules, step: Step, { permission, kind, object, description, field }: RawChange): Change {
  if (permission === 'NEVER') return { kind, permitted: false, object, description };
  if (permission === 'ALWAYS') return { kind, permitted: true, object, description };
  if (field !== undefined && rules.locks.some((lock) => isLocked(lock, field))) {
    return { kind: 'LOCKED_FIELD_CHANGED', permitted: false, object, description: `${description} An earlier signature had locked it.` };
  }
  const permitted = permission === 'SIGNING' ? rules.permission !== 1 : mayFill(rules, step);
  const because = rules.permission === 1 ? 'The certification permits no changes.' : 'Nothing permits that outside of a signature.';
  return { kind, permitted, object, description: permitted ? description : `${description} ${because}` };
}

/** Certified for filling in; or, with nothing certified, in the very revision that somebody signed. */
function mayFill({ permission }: Rules, { signatures }: Step): boolean {
  if (permission !== undefined) return permission === 2 || permission === 3;
  return signatures.some(({ isDocTimestamp }) => !isDocTimestamp);
}
