import type { PdfDict, PdfObject, PdfReference, PdfStream } from '../pdf/objects.ts';
import { nameOf } from '../pdf/objects.ts';
import { readFieldTree, type FieldNode, type FieldTree } from './fields.ts';
import type { References } from './references.ts';
import type { ChangeKind } from './report.ts';
import type { SignatureValue } from './signature-value.ts';
import type { ChangedObject, Step } from './step.ts';

/** Which signatures let a change pass: all; those that allow signing; those that allow filling in; none. */
export type Permission = 'ALWAYS' | 'SIGNING' | 'FILLING' | 'NEVER';

/** A change before it is held against what a signature permits. */
export interface RawChange {
  readonly kind: ChangeKind;
  readonly object: number | null;
  readonly description: string;
  readonly permission: Permission;
  /** The existing form field that is changed: a lock may close it. */
  readonly field?: string;
}

/**
 * Judges one step by the roles its objects have in the document. It works from a whitelist: an object that changed
 * counts as explained only when its role permits the change and nothing else refers to it; the rest is illegal.
 */
export class Judge {
  readonly step: Step;
  readonly references: References;
  readonly oldFields: FieldTree;
  readonly newFields: FieldTree;
  readonly changes: RawChange[] = [];
  /** Widgets of new fields that may be appended to the annotations of a page. */
  readonly newWidgets = new Set<number>();
  readonly #explained = new Set<number>();

  constructor(step: Step, references: References) {
    this.step = step;
    this.references = references;
    this.oldFields = readFieldTree(step.old);
    this.newFields = readFieldTree(step.new);
  }

  report(permission: Permission, kind: ChangeKind, object: number | null, description: string, field?: string): void {
    this.changes.push({ kind, object, description, permission, ...(field === undefined ? {} : { field }) });
  }

  never(kind: ChangeKind, object: number | null, description: string): void {
    this.report('NEVER', kind, object, description);
  }

  /** The object's change has been judged, one way or the other. */
  explain(number: number | undefined): void {
    if (number !== undefined) this.#explained.add(number);
  }

  isExplained(number: number): boolean {
    return this.#explained.has(number);
  }

  /** True when every reference to the object, as it was signed, comes from a place that `isExpected`. */
  isOnlyReferredBy(number: number, isExpected: (owner: number, path: string) => boolean): boolean {
    const referrers = this.references.referrersOf(number);
    return referrers.length > 0 && referrers.every(({ owner, path }) => isExpected(owner, path));
  }

  /** A reference to an object that did not exist when the old revision was signed. */
  isNew(value: PdfObject | undefined): value is PdfReference {
    return value?.type === 'reference' && this.step.added.has(value.number);
  }

  get catalogNumber(): number {
    return this.step.old.catalogReference.number;
  }

  /** The signature of this step whose value the field holds. */
  signatureIn(node: FieldNode): SignatureValue | undefined {
    return node.number === undefined ? undefined : this.step.signatures.find(({ field }) => field.number === node.number);
  }

  /** Object changes that nothing has explained yet. */
  *unexplained(): Generator<ChangedObject> {
    for (const change of this.step.changed.values()) if (!this.#explained.has(change.number)) yield change;
  }
}

export function entryOf(value: PdfObject | PdfStream, key: string): PdfObject | undefined {
  return dictOf(value)?.entries.get(key);
}

export function dictOf(value: PdfObject | PdfStream): PdfDict | undefined {
  return value.type === 'stream' ? value.dict : value.type === 'dict' ? value : undefined;
}

export function typeOf(value: PdfObject | PdfStream): string | undefined {
  return nameOf(entryOf(value, 'Type'));
}

export function hasReference(value: PdfObject | PdfStream): boolean {
  return referencesIn(value).length > 0;
}

/** All references in a value; what they lead to is not looked at. */
export function referencesIn(value: PdfObject | PdfStream | undefined): PdfReference[] {
  if (value?.type === 'reference') return [value];
  if (value?.type === 'array') return value.items.flatMap(referencesIn);
  const dict = value && dictOf(value);
  return dict ? [...dict.entries.values()].flatMap(referencesIn) : [];
}
