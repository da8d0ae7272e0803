import { invalidInput, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Envelope } from '../__generated__/prisma/client.ts';
import type { Context, Tx } from '../context.ts';
import { unfit } from '../domain/document-fields.ts';
import { envelopeChangesModel, type DraftRecipient } from '../domain/draft.ts';
import { awaitDocument, documentNotReady, findReadyDocument, type DocumentNotReady } from './document-copy.ts';
import { forget } from './act.ts';
import { addRecipients } from './draft-rows.ts';
import { refuseUnlessDraft, type EnvelopeNotDraft } from './envelope-not-draft.ts';
import { lockEnvelope, type LockedEnvelope } from './envelope-row.ts';

export type UpdateEnvelopeOutcome = { readonly __typename: 'UpdateEnvelopeSuccess'; readonly envelope: Envelope } | EnvelopeNotDraft | DocumentNotReady | InvalidInput;

type Changes = NonNullable<ReturnType<typeof envelopeChangesModel.parse>>;

/** Fields must be such as the document can take, on pages that there are, whether the fields are new, or the document is, or both. */
const refusePlacement = async (tx: Tx, draft: LockedEnvelope, { documentId, recipients }: Changes): Promise<DocumentNotReady | InvalidInput | null> => {
  if (!documentId && !recipients) return null;
  const document = await findReadyDocument(tx, { id: documentId ?? draft.documentId, organizationId: draft.organizationId });
  if (!document) return documentNotReady();
  const issues = unfit(recipients ?? (await tx.db.recipient.findMany({ where: { envelopeId: draft.id }, include: { fields: { orderBy: { id: 'asc' } } } })), document);
  if (issues.length === 0) return null;
  return invalidInput(recipients ? issues : [{ path: 'documentId', message: 'This document does not have, or cannot take, the fields of this envelope. Give the recipients anew, too.' }]);
};

const replaceRecipients = async (tx: Tx, draft: LockedEnvelope, recipients: readonly DraftRecipient[]): Promise<void> => {
  await tx.db.recipient.deleteMany({ where: { envelopeId: draft.id } });
  await addRecipients(tx, draft, recipients);
};

export const updateEnvelope = async (ctx: Context, input: { readonly id: string }): Promise<UpdateEnvelopeOutcome> => {
  const { organizationId } = requireUser(ctx.actor);
  const read = readInput(envelopeChangesModel, input);
  if ('refusal' in read) return read.refusal;
  const { documentId, title, message, expiresInDays, recipients } = read.data;

  forget(ctx);
  if (documentId) await awaitDocument(ctx, documentId);
  return ctx.transaction(async (tx) => {
    const draft = await lockEnvelope(tx, { id: input.id, organizationId });
    const refusal = refuseUnlessDraft(draft) ?? (await refusePlacement(tx, draft, read.data));
    if (refusal) return refusal;
    if (recipients) await replaceRecipients(tx, draft, recipients);
    const envelope = await tx.db.envelope.update({
      where: { id: draft.id },
      data: { ...(documentId && { documentId }), ...(title && { title }), ...(message !== undefined && { message }), ...(expiresInDays && { expiresInDays }), updatedAt: tx.now },
    });
    return { __typename: 'UpdateEnvelopeSuccess', envelope };
  });
};
