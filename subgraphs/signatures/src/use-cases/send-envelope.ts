import { requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { DocumentCopy, Envelope } from '../__generated__/prisma/client.ts';
import type { Context, Tx } from '../context.ts';
import { CONSENT_TEXT } from '../domain/consent.ts';
import { missingToSend } from '../domain/draft.ts';
import { nextToAsk } from '../domain/routing.ts';
import { envelopeSent } from '../events.ts';
import { act } from './act.ts';
import { askRecipient } from './ask-recipient.ts';
import { findObstacle, type DocumentNotSignable, type SealingUnavailable } from './assert-sealable.ts';
import { documentNotReady, findReadyDocument, type DocumentNotReady } from './document-copy.ts';
import { refuseUnlessDraft, type EnvelopeNotDraft } from './envelope-not-draft.ts';
import { lockEnvelope, moveEnvelope, mustLoadEnvelope, type LockedEnvelope } from './envelope-row.ts';
import { about, envelopeData, recipientData } from './facts.ts';
import { beginSealing } from './sealing/plan-steps.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

interface EnvelopeIncomplete {
  readonly __typename: 'EnvelopeIncompleteError';
  readonly message: string;
  readonly missing: readonly string[];
}
type Refusal = EnvelopeNotDraft | EnvelopeIncomplete | DocumentNotReady | DocumentNotSignable | SealingUnavailable;
export type SendEnvelopeOutcome = { readonly __typename: 'SendEnvelopeSuccess'; readonly envelope: Envelope } | Refusal | InvalidInput;

const refuseIncomplete = async (tx: Tx, { id, recipients }: LockedEnvelope): Promise<EnvelopeIncomplete | null> => {
  const fields = await tx.db.field.findMany({ where: { envelopeId: id } });
  const missing = missingToSend(recipients.map(({ id: recipientId, name }) => ({ name, fields: fields.filter((field) => field.recipientId === recipientId) })));
  return missing.length === 0 ? null : { __typename: 'EnvelopeIncompleteError', message: `The envelope cannot be sent yet. ${missing[0]}`, missing };
};

/** Fixes what is signed and what is agreed to, begins the sealing, and asks whoever is first. */
const send = async (ctx: Context, tx: Tx, draft: LockedEnvelope, { sha256: documentSha256, originalSha256, signed: documentSigned }: DocumentCopy): Promise<void> => {
  const { recipients } = draft;
  const sentAt = tx.now;
  const expiresAt = new Date(sentAt.getTime() + draft.expiresInDays * DAY_MS);
  await moveEnvelope(tx, draft, 'SENT', { documentSha256, originalSha256: originalSha256 ?? documentSha256, documentSigned, consentText: CONSENT_TEXT, sentAt, expiresAt });
  const data = { ...envelopeData(draft), recipients: recipients.map(recipientData), sentAt: sentAt.toISOString(), expiresAt: expiresAt.toISOString() };
  await tx.publish(envelopeSent, about(draft), data);
  await beginSealing(tx, draft, { documentSigned, level: ctx.services.sealLevel });
  for (const recipient of nextToAsk(recipients)) await askRecipient(tx, ctx.services.links, { ...draft, expiresAt }, recipient);
};

export const sendEnvelope = async (ctx: Context, input: { readonly id: string; readonly idempotencyKey: string }): Promise<SendEnvelopeOutcome> => {
  const actor = requireUser(ctx.actor);
  const { organizationId } = actor;
  // Asked before the transaction, for authorities take their time; refused in it, for a repeated act was done already.
  const obstacle = await findObstacle(ctx, { id: input.id, organizationId });

  const outcome = await act<{ id: string }, Refusal>(ctx, { operation: 'sendEnvelope', actor, input }, async (tx) => {
    const draft = await lockEnvelope(tx, { id: input.id, organizationId });
    const refusal = refuseUnlessDraft(draft) ?? (await refuseIncomplete(tx, draft));
    if (refusal) return refusal;
    if (obstacle) return obstacle;
    const document = await findReadyDocument(tx, { id: draft.documentId, organizationId });
    if (!document || !(await ctx.services.files.has(organizationId, document.sha256))) return documentNotReady();
    await send(ctx, tx, draft, document);
    return { id: draft.id };
  });
  if ('refusal' in outcome) return outcome.refusal;
  return { __typename: 'SendEnvelopeSuccess', envelope: await mustLoadEnvelope(ctx, outcome.done.id) };
};
