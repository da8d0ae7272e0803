import { z } from 'zod';

const fraction = z.number().min(0).max(1);

/** A place in a document that asks to be filled in: a field of its own form, or a tag in its text. */
export const suggestedFieldModel = z.object({
  source: z.enum(['ACRO_FORM', 'TEXT_TAG']),
  kind: z.enum(['SIGNATURE', 'INITIALS', 'DATE_SIGNED', 'TEXT', 'CHECKBOX']),
  /** Fully qualified name of the form's field; null of a tag. */
  name: z.string().nullable(),
  /** Who is to fill it in, as the tag calls them; null where the document does not say. */
  role: z.string().nullable(),
  label: z.string().nullable(),
  required: z.boolean(),
  /** What the form holds already. */
  value: z.string().nullable(),
  page: z.number().int().min(1),
  /** Fractions of the page as it is shown, the origin top left. */
  x: fraction,
  y: fraction,
  width: fraction,
  height: fraction,
});

export type SuggestedField = Readonly<z.output<typeof suggestedFieldModel>>;
