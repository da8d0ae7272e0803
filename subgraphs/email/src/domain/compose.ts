import type { MailTemplate } from '../templates/define-template.ts';
import { fill, oneLine } from './template-text.ts';

/** What a mail says, frozen when it is queued: a template that changes later changes no mail. Holds no secret. */
export interface Content {
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do; `link` names the secret that is put in when the mail leaves. */
  readonly action: { readonly label: string; readonly link: string } | null;
}

/** Variables that a template does not know, or that it needs and was not given. */
export class VariablesError extends Error {
  override name = 'VariablesError';
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
  constructor(template: string, { unknown, missing }: VariablesCheck) {
    const parts = [missing.length > 0 ? `needs ${missing.join(', ')}` : '', unknown.length > 0 ? `does not know ${unknown.join(', ')}` : ''];
    super(`The e-mail template ${template} ${parts.filter(Boolean).join(' and ')}.`);
    this.unknown = unknown;
    this.missing = missing;
  }
}

interface VariablesCheck {
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
}

/** As much of a template as is needed to fill it. */
type Words = Omit<MailTemplate, 'description'>;

/** Known to every template: the name of the person to whom the mail goes. */
export const ADDRESSEE = 'addressee';

const compared = (needed: readonly string[], given: readonly string[]): VariablesCheck => ({ unknown: given.filter((name) => !needed.includes(name)), missing: needed.filter((name) => !given.includes(name)) });

/**
 * Fills a template. `links` are the names of the secrets that come with the mail.
 *
 * @throws VariablesError when variables or links are not exactly those of the template.
 */
export const compose = (template: Words, addressee: string, variables: Readonly<Record<string, string>>, links: readonly string[] = []): Content => {
  const ofText = compared(template.variables, Object.keys(variables));
  const ofLinks = compared(template.action ? [template.action.link] : [], links);
  const check = { unknown: [...ofText.unknown, ...ofLinks.unknown], missing: [...ofText.missing, ...ofLinks.missing] };
  if (check.unknown.length + check.missing.length > 0) throw new VariablesError(template.name, check);
  return fillContent(template, { ...variables, [ADDRESSEE]: addressee });
};

/** Fills what is given and checks nothing. */
export const fillContent = (template: Pick<Words, 'subject' | 'heading' | 'body' | 'action'>, variables: Readonly<Record<string, string>>): Content => ({
  subject: oneLine(fill(template.subject, variables)),
  heading: oneLine(fill(template.heading, variables)),
  // Split before filling: blank lines in a value stay in its paragraph. A paragraph of which nothing is left goes.
  paragraphs: template.body.trim().split(/\n\s*\n/).map((paragraph) => fill(paragraph, variables).trim()).filter(Boolean),
  action: template.action ? { label: template.action.label, link: template.action.link } : null,
});
