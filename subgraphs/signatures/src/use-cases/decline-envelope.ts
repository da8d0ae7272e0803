import { readInput, type InvalidInput } from '@buffrsign/kernel';
import type { Envelope, Recipient } from '../__generated__/prisma/client.ts';
import type { Context, Tx } from '../context.ts';
import { reasonModel } from '../domain/reason.ts';
import { refuseToAnswer, type AnswerRefusal } from '../domain/signing.ts';
import { envelopeDeclined, recipientDeclined } from '../events.ts';
import { requireGuest } from '../policies.ts';
import { act } from './act.ts';
import { moveEnvelope, moveRecipient, mustLoadEnvelope, mustLoadRecipient, type LockedEnvelope } from './envelope-row.ts';
import { about, envelopeData, recipientData } from './facts.ts';
import { lockForGuest } from './lock-for-guest.ts';
import { endSealing } from './sealing/plan-steps.ts';

export type DeclineEnvelopeOutcome = { readonly __typename: 'DeclineEnvelopeSuccess'; readonly envelope: Envelope; readonly recipient: Recipient } | AnswerRefusal | InvalidInput;

const decline = async (tx: Tx, envelope: LockedEnvelope, recipient: Recipient, reason: string): Promise<void> => {
  const declinedAt = tx.now.toISOString();
  await moveRecipient(tx, recipient, 'DECLINED', { declinedAt: tx.now, declineReason: reason });
  await moveEnvelope(tx, envelope, 'DECLINED', { endedAt: tx.now, endReason: `${recipient.name} declined to sign.` });
  await endSealing(tx, envelope);
  await tx.publish(recipientDeclined, about(envelope), { ...envelopeData(envelope), ...recipientData(recipient), reason, declinedAt });
  await tx.publish(envelopeDeclined, about(envelope), { ...envelopeData(envelope), recipients: envelope.recipients.map(recipientData), declinedBy: recipient.id, reason, declinedAt });
};

/** One recipient who declines ends the envelope for all: a document signed by some is signed by nobody. */
export const declineEnvelope = async (ctx: Context, input: { readonly reason: string; readonly idempotencyKey: string }): Promise<DeclineEnvelopeOutcome> => {
  const guest = requireGuest(ctx.actor);
  const read = readInput(reasonModel, input);
  if ('refusal' in read) return read.refusal;

  const outcome = await act<{ envelopeId: string }, AnswerRefusal>(ctx, { operation: 'declineEnvelope', actor: guest, input }, async (tx) => {
    const { envelope, recipient } = await lockForGuest(tx, guest);
    const refusal = refuseToAnswer(envelope, recipient, envelope.recipients, tx.now);
    if (refusal) return refusal;
    await decline(tx, envelope, recipient, read.data.reason);
    return { envelopeId: envelope.id };
  });
  if ('refusal' in outcome) return outcome.refusal;
  return { __typename: 'DeclineEnvelopeSuccess', envelope: await mustLoadEnvelope(ctx, outcome.done.envelopeId), recipient: await mustLoadRecipient(ctx, guest.id) };
};
