import { invalidInput, newId, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Envelope } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { unfit, withSuggestions } from '../domain/document-fields.ts';
import { newEnvelopeModel } from '../domain/draft.ts';
import { awaitDocument, documentNotReady, findReadyDocument, type DocumentNotReady } from './document-copy.ts';
import { addRecipients } from './draft-rows.ts';

export type CreateEnvelopeOutcome = { readonly __typename: 'CreateEnvelopeSuccess'; readonly envelope: Envelope } | DocumentNotReady | InvalidInput;

export const createEnvelope = async (ctx: Context, input: unknown): Promise<CreateEnvelopeOutcome> => {
  const { id: senderId, organizationId } = requireUser(ctx.actor);
  const read = readInput(newEnvelopeModel, input);
  if ('refusal' in read) return read.refusal;
  const { documentId, title, message = null, expiresInDays, recipients: given, useSuggestedFields = [] } = read.data;

  await awaitDocument(ctx, documentId);
  return ctx.transaction(async (tx) => {
    const document = await findReadyDocument(tx, { id: documentId, organizationId });
    if (!document) return documentNotReady();
    const completed = withSuggestions(given, useSuggestedFields, document.suggestedFields);
    if ('issues' in completed) return invalidInput(completed.issues);
    const { recipients } = completed;
    const issues = unfit(recipients, document);
    if (issues.length > 0) return invalidInput(issues);

    const envelope = await tx.db.envelope.create({
      data: { id: newId('env'), organizationId, senderId, documentId, title: title ?? document.title, message, expiresInDays, state: 'CREATED', createdAt: tx.now, updatedAt: tx.now },
    });
    await addRecipients(tx, envelope, recipients);
    return { __typename: 'CreateEnvelopeSuccess', envelope };
  });
};
