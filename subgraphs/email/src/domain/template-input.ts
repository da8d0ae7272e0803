import { z } from 'zod';
import { builtInTemplate } from '../templates/index.ts';
import { ADDRESSEE } from './compose.ts';
import { hasLooseBraces, placeholdersOf } from './template-text.ts';

/** Templates that an organization can have. */
export const MAX_TEMPLATES = 100;
/** Variables that one template can have. */
const MAX_VARIABLES = 50;

const placeholders = (text: z.ZodString) => text.refine((value) => !hasLooseBraces(value), 'Write a variable as {{name}}: letters and digits, no spaces inside the name.');

const subject = placeholders(z.string().trim().min(1, 'Give the template a subject.').max(200, 'A subject has at most 200 characters.'));
const heading = placeholders(z.string().trim().min(1, 'Give the template a heading.').max(200, 'A heading has at most 200 characters.'));
const body = placeholders(z.string().trim().min(1, 'A mail says something.').max(20_000, 'A mail has at most 20000 characters.'));
const actionLabel = z.string().trim().min(1, 'A button says something.').max(60, 'A button says at most 60 characters.');

export const newTemplateModel = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/, 'A name has 2 to 60 small letters, digits and hyphens, and begins with a letter.'),
  subject,
  heading,
  body,
  actionLabel: actionLabel.nullish(),
});

export const templateChangesModel = z.object({ version: z.number().int(), subject: subject.nullish(), heading: heading.nullish(), body: body.nullish(), actionLabel: actionLabel.nullish() });

export interface TemplateWords {
  readonly name: string;
  readonly subject: string;
  readonly heading: string;
  readonly body: string;
  readonly actionLabel?: string | null | undefined;
}

interface Issue {
  readonly path: string;
  readonly message: string;
}

/** What is wrong with the words of a template, given the built-in one in whose place it stands. */
export const issuesOf = ({ name, subject, heading, body, actionLabel }: TemplateWords): readonly Issue[] => {
  const replaced = builtInTemplate(name);
  const issues: Issue[] = [];
  if (actionLabel && !replaced?.action) issues.push({ path: 'actionLabel', message: 'Only a template in the place of a built-in one with a button has a button.' });
  if (placeholdersOf(subject, heading, body).length > MAX_VARIABLES) issues.push({ path: 'body', message: `A template has at most ${MAX_VARIABLES} variables.` });
  if (!replaced) return issues;
  const known = [...replaced.variables, ADDRESSEE];
  for (const [path, text] of Object.entries({ subject, heading, body })) {
    const unknown = placeholdersOf(text).filter((variable) => !known.includes(variable));
    if (unknown.length > 0) issues.push({ path, message: `${name} does not know ${unknown.join(', ')}. It knows ${known.join(', ')}.` });
  }
  return issues;
};
