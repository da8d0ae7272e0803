import { z } from 'zod';

/** Rounding that a client's own division may bring in. */
const ROUNDING = 1e-6;
const MAX_RECIPIENTS = 50;
/** Fields of one recipient at most. */
export const MAX_FIELDS_EACH = 100;

const fraction = z.number().min(0, 'This lies off the page: fractions go from 0 to 1.').max(1, 'This lies off the page: fractions go from 0 to 1.');

/** Goes into subjects of mails and lists. */
const line = (text: z.ZodString) => text.regex(/^\P{Cc}*$/u, 'This is one line, without control characters.');

const fieldModel = z
  .object({
    kind: z.enum(['SIGNATURE', 'INITIALS', 'DATE_SIGNED', 'TEXT', 'CHECKBOX']),
    page: z.number().int().min(1, 'Pages count from 1.'),
    x: fraction,
    y: fraction,
    width: fraction.min(0.01, 'A field is at least one hundredth of the page wide.'),
    height: fraction.min(0.005, 'A field is at least one two-hundredth of the page high.'),
    required: z.boolean(),
    label: line(z.string().trim().min(1, 'A label has at least one character.').max(100, 'A label has at most 100 characters.')).nullish(),
    documentField: z.string().min(1).max(1000, 'No field has so long a name.').nullish(),
  })
  .refine(({ x, width }) => x + width <= 1 + ROUNDING, { path: ['width'], message: 'The field leaves the page on the right.' })
  .refine(({ y, height }) => y + height <= 1 + ROUNDING, { path: ['height'], message: 'The field leaves the page at the bottom.' })
  // Without them there is no signature, whatever a draft says.
  .transform((field) => ({ ...field, required: field.required || field.kind === 'SIGNATURE' || field.kind === 'DATE_SIGNED' }));

const recipientModel = z.object({
  name: line(z.string().trim().min(1, 'Give the recipient a name.').max(200, 'A name has at most 200 characters.')),
  email: z.email('This is not an e-mail address.').toLowerCase(),
  routingOrder: z.number().int().min(1, 'The routing order is from 1 to 1000.').max(1000, 'The routing order is from 1 to 1000.'),
  fields: z.array(fieldModel).max(MAX_FIELDS_EACH, `A recipient has at most ${MAX_FIELDS_EACH} fields.`),
});

const recipientsModel = z
  .array(recipientModel)
  .max(MAX_RECIPIENTS, `An envelope has at most ${MAX_RECIPIENTS} recipients.`)
  .superRefine((recipients, ctx) => {
    const seen = new Set<string>();
    recipients.forEach(({ name, email }, index) => {
      const person = JSON.stringify([email, name]);
      if (seen.has(person)) ctx.addIssue({ code: 'custom', path: [index, 'email'], message: `${name} is already a recipient at this address.` });
      seen.add(person);
    });
  });

const title = line(z.string().trim().min(1, 'Give the envelope a title.').max(200, 'A title has at most 200 characters.'));
const message = z.string().trim().max(2000, 'A message has at most 2000 characters.').transform((text) => text || null);
const expiresInDays = z.number().int().min(1, 'An envelope is open for 1 to 365 days.').max(365, 'An envelope is open for 1 to 365 days.');

const suggestionUseModel = z.object({ role: z.string().nullish(), recipient: z.number().int().min(0) });

export const newEnvelopeModel = z.object({ documentId: z.string(), title: title.nullish(), message: message.nullish(), expiresInDays, recipients: recipientsModel, useSuggestedFields: z.array(suggestionUseModel).max(MAX_RECIPIENTS, `At most ${MAX_RECIPIENTS} roles can be given to recipients.`).optional() });

export const envelopeChangesModel = z.object({
  documentId: z.string().nullish(),
  title: title.nullish(),
  message: message.nullish(),
  expiresInDays: expiresInDays.nullish(),
  recipients: recipientsModel.nullish(),
});

export type DraftRecipient = z.output<typeof recipientModel>;

/** What a draft lacks before it can be sent, in sentences; empty when nothing. */
export const missingToSend = (recipients: readonly { readonly name: string; readonly fields: readonly { readonly kind: string }[] }[]): string[] => {
  if (recipients.length === 0) return ['The envelope has no recipient.'];
  return recipients.filter(({ fields }) => !fields.some(({ kind }) => kind === 'SIGNATURE')).map(({ name }) => `${name} has no field for a signature.`);
};
