import { found, invalidInput, readInput, type InvalidInput } from '@buffrsign/kernel';
import type { Context } from '../context.ts';
import { issuesOf, templateChangesModel } from '../domain/template-input.ts';
import { viewOfRow, type TemplateView } from '../domain/template-view.ts';
import { visible } from '../policies.ts';

export type UpdateEmailTemplateOutcome =
  | { readonly __typename: 'UpdateEmailTemplateSuccess'; readonly template: TemplateView }
  | { readonly __typename: 'EmailTemplateChangedError'; readonly message: string; readonly template: TemplateView }
  | InvalidInput;

export const updateEmailTemplate = async (ctx: Context, input: { readonly id: string }): Promise<UpdateEmailTemplateOutcome> => {
  const read = readInput(templateChangesModel, input);
  if ('refusal' in read) return read.refusal;
  const { version, subject, heading, body, actionLabel } = read.data;

  return ctx.transaction(async (tx) => {
    const where = { id: input.id, ...visible(ctx.actor) };
    const present = found(await tx.db.emailTemplate.findFirst({ where }));
    const words = { ...present, ...(subject && { subject }), ...(heading && { heading }), ...(body && { body }), ...(actionLabel !== undefined && { actionLabel }) };
    const issues = issuesOf(words);
    if (issues.length > 0) return invalidInput(issues);
    const { count } = await tx.db.emailTemplate.updateMany({
      where: { ...where, version },
      data: { subject: words.subject, heading: words.heading, body: words.body, actionLabel: words.actionLabel, version: { increment: 1 }, updatedAt: tx.now },
    });
    const template = viewOfRow(await tx.db.emailTemplate.findFirstOrThrow({ where }));
    if (count === 0) return { __typename: 'EmailTemplateChangedError', message: `The template was changed meanwhile: it is at version ${template.version}. Look at it, then change it again.`, template };
    return { __typename: 'UpdateEmailTemplateSuccess', template };
  });
};
