import { assertDrawable, assertPlace, type Placed, type StampField } from '../fields.ts';
import { StampRefusal } from '../refusal.ts';
import type { CertificatePlan } from '../certificate/plan.ts';

/** All that the base revision of a document is given before anybody signs. */
export interface LayoutPlan {
  /** Drawn onto the pages at once: what the sender filled in. */
  readonly drawn: readonly StampField[];
  readonly fields: readonly PlannedField[];
  /** Pages appended at the end. */
  readonly certificate?: CertificatePlan;
  /** Of the document, as in `en-NA`; what the document itself says comes first. */
  readonly language?: string;
}

/** An empty form field in its final place. */
export type PlannedField = ValueField | SignatureField;

interface Named {
  /** Unique in the document, without a period. */
  readonly name: string;
  /** What a reader of the document is told the field is. */
  readonly tooltip?: string;
}

/** A read-only text field: it gets its value and its look in the revision of whoever fills it in. */
export type ValueField = Named & Placed & { readonly kind: 'value' };

/** A signature field; without a place it is invisible. */
export type SignatureField = Named &
  (Placed | { readonly page?: undefined; readonly rectangle?: undefined }) & {
    readonly kind: 'signature';
    /** Fields that nobody changes any more once this one is signed. */
    readonly locks?: readonly string[];
    /** Instead of `locks`: all fields of the document but these. */
    readonly locksAllBut?: readonly string[];
  };

/** Names of all fields that the plan makes, those of the certificate's entries included. */
export function plannedNames({ fields, certificate }: LayoutPlan): string[] {
  return [...fields.map(({ name }) => name), ...(certificate?.recipients ?? []).map(({ fieldName }) => fieldName)];
}

/** Refuses what cannot be laid out, before anything is. @throws {StampRefusal} */
export function assertPlan(plan: LayoutPlan, pages: number, taken: ReadonlySet<string>): void {
  assertDrawable(plan.drawn, pages);
  plan.fields.forEach((field, index) => {
    if (field.rectangle) assertPlace(field, index, pages);
  });
  const names = new Set(taken);
  for (const [field, name] of plannedNames(plan).entries()) {
    // A period separates the parts of a qualified field name (ISO 32000-1, 12.7.3.2).
    if (!/^[^.]{1,100}$/.test(name)) {
      throw new StampRefusal('INVALID_FIELD_NAME', `The name of a field must have 1 to 100 characters and no period; "${name}" is not such a name.`, { field });
    }
    if (names.has(name)) throw new StampRefusal('FIELD_NAME_TAKEN', `The document would have two fields named "${name}".`, { field });
    names.add(name);
  }
  plan.fields.forEach((field, index) => assertLock(field, index, names));
}

function assertLock(field: PlannedField, index: number, names: ReadonlySet<string>): void {
  if (field.kind !== 'signature') return;
  if (field.locks && field.locksAllBut) {
    throw new StampRefusal('INVALID_LOCK', `Field "${field.name}" must have either \`locks\` or \`locksAllBut\`.`, { field: index });
  }
  // A lock on a field that is made later would lock something else than was meant.
  const unknown = field.locks?.find((name) => !names.has(name));
  if (unknown !== undefined) throw new StampRefusal('INVALID_LOCK', `Field "${field.name}" locks "${unknown}", which is no field of the document.`, { field: index });
}
