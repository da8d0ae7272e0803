import type { EmailTemplate } from '../__generated__/prisma/client.ts';
import { builtInTemplate, builtInTemplates, type MailTemplate } from '../templates/index.ts';
import { ADDRESSEE } from './compose.ts';
import { placeholdersOf } from './template-text.ts';

/** A template in force for an organization, wherever it comes from. */
export interface TemplateView extends Omit<MailTemplate, 'description'> {
  readonly id: string;
  readonly origin: 'BUILT_IN' | 'OVERRIDE' | 'OWN';
  readonly description: string | null;
  /** 0 for a built-in one. */
  readonly version: number;
  readonly updatedAt: Date | null;
}

const builtInId = (name: string): string => `etl_${name}`;

const viewOfBuiltIn = (template: MailTemplate): TemplateView => ({ ...template, id: builtInId(template.name), origin: 'BUILT_IN', version: 0, updatedAt: null });

/** The variables that a text of the organization asks for. */
export const ownVariables = (...texts: readonly string[]): readonly string[] => placeholdersOf(...texts).filter((name) => name !== ADDRESSEE);

/** A template of the organization. In the place of a built-in one it is filled with that one's variables and link. */
export const viewOfRow = (row: EmailTemplate): TemplateView => {
  const { id, name, subject, heading, body, version, updatedAt } = row;
  const common = { id, name, subject, heading, body, version, updatedAt };
  const replaced = builtInTemplate(name);
  if (!replaced) return { ...common, origin: 'OWN', description: null, variables: ownVariables(subject, heading, body) };
  const { description, variables, action } = replaced;
  return { ...common, origin: 'OVERRIDE', description, variables, ...(action && { action: { ...action, label: row.actionLabel ?? action.label } }) };
};

export const builtInById = (id: string): TemplateView | undefined => {
  const template = builtInTemplates.find(({ name }) => builtInId(name) === id);
  return template && viewOfBuiltIn(template);
};

export const builtInByName = (name: string): TemplateView | undefined => builtInById(builtInId(name));

/** The templates in force, by name. */
export const inForce = (rows: readonly EmailTemplate[]): readonly TemplateView[] => {
  const own = new Set(rows.map((row) => row.name));
  const views = [...rows.map(viewOfRow), ...builtInTemplates.filter(({ name }) => !own.has(name)).map(viewOfBuiltIn)];
  return views.sort((a, b) => (a.name < b.name ? -1 : 1));
};
