import { hasLooseBraces, placeholdersOf } from '../domain/template-text.ts';

/**
 * A mail to be filled. Plain text with `{{variable}}`: the HTML is made from it, so that it always says the same.
 * A blank line ends a paragraph; a paragraph of which nothing is left when it is filled goes away.
 */
export interface MailTemplate {
  readonly name: string;
  /** When it is sent, in a sentence. */
  readonly description: string;
  /** What whoever asks for the mail gives; `{{addressee}}` is known besides. */
  readonly variables: readonly string[];
  readonly subject: string;
  readonly heading: string;
  readonly body: string;
  /** The one thing to do. `link` names a secret: only facts bring it, and only the mail itself shows it. */
  readonly action?: { readonly label: string; readonly link: string };
}

/** Checks a built-in template when it is loaded. @throws Error naming the slip. */
export const defineTemplate = (template: MailTemplate): MailTemplate => {
  const texts = [template.subject, template.heading, template.body];
  const unknown = placeholdersOf(...texts).filter((name) => name !== 'addressee' && !template.variables.includes(name));
  if (unknown.length > 0) throw new Error(`Template ${template.name} uses ${unknown.join(', ')} without naming it in its variables.`);
  if (texts.some(hasLooseBraces)) throw new Error(`Template ${template.name} has braces that make no variable.`);
  return template;
};
