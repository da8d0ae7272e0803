import { invalidInput, newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Context, Transaction } from '../context.ts';
import { issuesOf, MAX_TEMPLATES, newTemplateModel } from '../domain/template-input.ts';
import { viewOfRow, type TemplateView } from '../domain/template-view.ts';

export type CreateEmailTemplateOutcome =
  | { readonly __typename: 'CreateEmailTemplateSuccess'; readonly template: TemplateView }
  | { readonly __typename: 'EmailTemplateExistsError'; readonly message: string; readonly template: TemplateView }
  | { readonly __typename: 'TooManyEmailTemplatesError'; readonly message: string }
  | InvalidInput;

/** Two who add the last possible template at once: the second waits here and then counts both. */
const countTemplates = async (tx: Transaction, organizationId: string): Promise<number> => {
  await tx.sql.$queryRaw`select 1 as held from (select pg_advisory_xact_lock(hashtextextended(${`email-templates:${organizationId}`}, 0))) as lock`;
  return tx.db.emailTemplate.count({ where: { organizationId } });
};

export const createEmailTemplate = async (ctx: Context, input: unknown): Promise<CreateEmailTemplateOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  const read = readInput(newTemplateModel, input);
  if ('refusal' in read) return read.refusal;
  const issues = issuesOf(read.data);
  if (issues.length > 0) return invalidInput(issues);
  const { name, subject, heading, body, actionLabel = null } = read.data;

  return ctx.transaction(async (tx) => {
    const count = await countTemplates(tx, organizationId);
    const present = await tx.db.emailTemplate.findUnique({ where: { organizationId_name: { organizationId, name } } });
    if (present) return { __typename: 'EmailTemplateExistsError', message: `There is a template ${name} already. Change that one instead.`, template: viewOfRow(present) };
    if (count >= MAX_TEMPLATES) return { __typename: 'TooManyEmailTemplatesError', message: `An organization has at most ${MAX_TEMPLATES} templates. Delete one that is not used.` };
    const row = await tx.db.emailTemplate.create({ data: { id: newId('etl'), organizationId, name, version: 1, subject, heading, body, actionLabel, createdAt: tx.now, updatedAt: tx.now } });
    return { __typename: 'CreateEmailTemplateSuccess', template: viewOfRow(row) };
  });
};
