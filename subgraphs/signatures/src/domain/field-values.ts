import { z } from 'zod';
import type { FieldKind } from '../__generated__/prisma/enums.ts';

/** Bytes of a drawing at most. */
export const MAX_DRAWING_BYTES = 256 * 1024;
const MAX_NAME = 100;
const MAX_TEXT = 2000;

/** What a recipient gives for one field, as it came in. */
export interface GivenValue {
  readonly fieldId: string;
  readonly text?: string | null | undefined;
  readonly png?: string | null | undefined;
  readonly checked?: boolean | null | undefined;
}

/** What goes into one field. */
export type Value = { readonly text: string } | { readonly drawing: Uint8Array<ArrayBuffer> } | { readonly checked: boolean };

export interface Issue {
  readonly path: string;
  readonly message: string;
}

export interface FieldToFill {
  readonly id: string;
  readonly kind: FieldKind;
  readonly required: boolean;
}

export interface ReadValues {
  readonly values: ReadonlyMap<string, Value>;
  readonly issues: readonly Issue[];
}

const base64Model = z.base64();

const readText = (text: string, max: number): Value | string | null => {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return trimmed.length > max ? `At most ${max} characters fit here.` : { text: trimmed };
};

const readDrawing = (png: string): Value | string => {
  if (png.length > Math.ceil(MAX_DRAWING_BYTES / 3) * 4) return `A drawing has at most ${MAX_DRAWING_BYTES} bytes.`;
  if (!base64Model.safeParse(png).success || png === '') return 'A drawing is a PNG in base64.';
  return { drawing: new Uint8Array(Buffer.from(png, 'base64')) };
};

/** What one kind of field makes of what it was given: a value, nothing, or what is wrong. */
const readers: Record<FieldKind, (given: GivenValue) => Value | string | null> = {
  SIGNATURE: (given) => readMark(given),
  INITIALS: (given) => readMark(given),
  TEXT: ({ text, png, checked }) => (png != null || checked != null ? 'This field takes a text.' : text == null ? null : readText(text, MAX_TEXT)),
  CHECKBOX: ({ text, png, checked }) => (text != null || png != null ? 'This field takes `checked`.' : checked == null ? null : { checked }),
  DATE_SIGNED: () => 'The platform fills in the date; leave this field out.',
};

const readMark = ({ text, png, checked }: GivenValue): Value | string | null => {
  if (checked != null || (text != null && png != null)) return 'Give either a typed name or a drawing.';
  if (png != null) return readDrawing(png);
  return text == null ? null : readText(text, MAX_NAME);
};

/** The day of a moment, as it is written into a document. */
export const dateOf = (moment: Date): string => `${moment.toISOString().slice(0, 10)} UTC`;

/**
 * Reads what a recipient fills in: values by field, dates among them, and everything that is wrong. A field may be
 * given once; fields of others are not known here.
 */
export const readValues = (fields: readonly FieldToFill[], given: readonly GivenValue[], now: Date): ReadValues => {
  const own = new Map(fields.map((field) => [field.id, field]));
  const values = new Map<string, Value>(fields.filter(({ kind }) => kind === 'DATE_SIGNED').map(({ id }) => [id, { text: dateOf(now) }]));
  const issues: Issue[] = [];
  given.forEach((value, index) => {
    const field = own.get(value.fieldId);
    if (!field) return void issues.push({ path: `values.${index}.fieldId`, message: 'You have no such field.' });
    const read = readers[field.kind](value);
    if (typeof read === 'string') return void issues.push({ path: `values.${index}`, message: read });
    if (values.has(field.id)) return void issues.push({ path: `values.${index}.fieldId`, message: 'This field was given twice.' });
    if (read) values.set(field.id, read);
  });
  return { values, issues };
};

/** The required fields that are empty. A required checkbox that is not ticked is empty. */
export const missingFields = <Field extends FieldToFill>(fields: readonly Field[], values: ReadonlyMap<string, Value>): Field[] =>
  fields.filter(({ id, required }) => {
    const value = values.get(id);
    return required && (value === undefined || ('checked' in value && !value.checked));
  });
