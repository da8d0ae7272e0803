import { z } from 'zod';

const name = z.string().trim().min(1, 'Give the person’s name.').max(200, 'A name has at most 200 characters.');
const key = z.string().min(1, 'Give an idempotency key.').max(200, 'An idempotency key has at most 200 characters.');

const variables = z
  .array(z.object({ name: z.string(), value: z.string().max(5_000, 'A value has at most 5000 characters.') }))
  .max(50, 'A template has at most 50 variables.')
  .refine((list) => new Set(list.map((variable) => variable.name)).size === list.length, 'Give every variable once.')
  .transform((list) => Object.fromEntries(list.map((variable) => [variable.name, variable.value])));

export const variablesModel = variables;

const text = z.object({
  subject: z.string().trim().min(1, 'Give the mail a subject.').max(200, 'A subject has at most 200 characters.'),
  body: z.string().trim().min(1, 'A mail says something.').max(20_000, 'A mail has at most 20000 characters.'),
});

export const newEmailModel = z
  .object({
    idempotencyKey: key,
    toName: name,
    toEmail: z.email('This is not an e-mail address.'),
    template: z.object({ name: z.string(), variables }).nullish(),
    text: text.nullish(),
  })
  .refine((input) => Boolean(input.template) !== Boolean(input.text), { path: ['template'], message: 'Give a template or a text, one of them.' });

export type NewEmailInput = z.output<typeof newEmailModel>;

export const retryModel = z.object({ idempotencyKey: key, id: z.string() });
