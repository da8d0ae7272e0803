import { damaged } from '../refusal.ts';
import type { ObjectReader } from './object-reader.ts';
import { array, integerOf, name, nameOf, type PdfDict, type PdfObject } from './objects.ts';
import { textOf, textString } from './text-string.ts';

/** Which fields a signature closes (ISO 32000-1, tables 233 and 256): all, those named, or all but those named. */
export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude';
  readonly fields: readonly string[];
  /** What the lock permits for the whole document, as DocMDP does (ISO 32000-2, table 236). */
  readonly permission: number | undefined;
}

const ACTIONS: readonly FieldLock['action'][] = ['All', 'Include', 'Exclude'];

/** Reads a /Lock dictionary or the /TransformParams of a FieldMDP transform, which say the same. */
export function readFieldLock(reader: ObjectReader, lock: PdfDict): FieldLock {
  const said = nameOf(reader.resolve(lock.entries.get('Action')));
  const action = ACTIONS.find((known) => known === said);
  if (!action) throw damaged('a lock of form fields does not say what it locks');
  const fields = reader.array(lock.entries.get('Fields'), '/Fields of a lock').items.map((item) => {
    const field = reader.resolve(item);
    if (field.type !== 'string') throw damaged('a lock of form fields does not name fields');
    return textOf(field);
  });
  return { action, fields, permission: integerOf(reader.resolve(lock.entries.get('P'))) };
}

/** True when the lock closes the field of that fully qualified name. A named field stands for those below it too. */
export function isLocked({ action, fields }: FieldLock, qualifiedName: string): boolean {
  if (action === 'All') return true;
  const named = fields.some((field) => qualifiedName === field || qualifiedName.startsWith(`${field}.`));
  return action === 'Include' ? named : !named;
}

/** The entries that say in a FieldMDP transform what the lock of the field says. */
export function lockEntries({ action, fields }: FieldLock): Record<string, PdfObject> {
  return { Action: name(action), ...(action === 'All' ? {} : { Fields: array(fields.map(textString)) }) };
}
