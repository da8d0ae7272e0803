import { once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { EmailMessage } from '../__generated__/prisma/client.ts';
import type { Context, Transaction } from '../context.ts';
import { compose, fillContent, VariablesError, type Content } from '../domain/compose.ts';
import { newEmailModel, type NewEmailInput } from '../domain/email-input.ts';
import { findTemplate } from './find-template.ts';
import { queueEmail } from './queue-email.ts';
import { templateUnknown, variablesRefused, type TemplateUnknown, type VariablesRefused } from './template-refusals.ts';

export type SendEmailOutcome = { readonly __typename: 'SendEmailSuccess'; readonly email: EmailMessage } | TemplateUnknown | VariablesRefused | InvalidInput;

interface Written {
  readonly content: Content;
  readonly template?: { readonly name: string; readonly version: number };
}

const writeFromTemplate = async (tx: Transaction, organizationId: string, toName: string, { name, variables }: NonNullable<NewEmailInput['template']>): Promise<Written | TemplateUnknown | VariablesRefused> => {
  const template = await findTemplate(tx.db, organizationId, name);
  // Secret links come with facts alone; a member who could send such a mail by hand could make it lead anywhere.
  if (!template || template.action) return templateUnknown(name);
  try {
    return { content: compose(template, toName, variables), template };
  } catch (error) {
    if (error instanceof VariablesError) return variablesRefused(error);
    throw error;
  }
};

/** Own words are no template: braces in them stay braces. */
const writeFromText = ({ subject, body }: NonNullable<NewEmailInput['text']>): Written => ({
  content: { ...fillContent({ subject: '{{subject}}', heading: '{{subject}}', body: '' }, { subject }), paragraphs: body.split(/\n\s*\n/).map((paragraph) => paragraph.trim()).filter(Boolean) },
});

const queueOnce = async (tx: Transaction, organizationId: string, input: NewEmailInput): Promise<{ readonly messageId: string } | TemplateUnknown | VariablesRefused> => {
  const written = input.template ? await writeFromTemplate(tx, organizationId, input.toName, input.template) : writeFromText(input.text!);
  if ('__typename' in written) return written;
  const message = await queueEmail(tx, { organizationId, to: { name: input.toName, email: input.toEmail }, ...written });
  return { messageId: message!.id };
};

export const sendEmail = async (ctx: Context, input: unknown): Promise<SendEmailOutcome> => {
  const { id: actorId, organizationId } = requireUser(ctx.actor);
  const read = readInput(newEmailModel, input);
  if ('refusal' in read) return read.refusal;

  return ctx.transaction(async (tx) => {
    const act = { actorId, organizationId, operation: 'sendEmail', key: read.data.idempotencyKey, input: read.data };
    const outcome = await once(tx, act, () => queueOnce(tx, organizationId, read.data));
    if ('__typename' in outcome) return outcome;
    return { __typename: 'SendEmailSuccess', email: await tx.db.emailMessage.findUniqueOrThrow({ where: { id: outcome.messageId } }) };
  });
};
