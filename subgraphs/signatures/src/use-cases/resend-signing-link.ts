import { found, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Recipient } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { refuseToAnswer, type AnswerRefusal } from '../domain/signing.ts';
import { act } from './act.ts';
import { asSent, askRecipientAgain } from './ask-recipient.ts';
import { lockEnvelope, mustLoadRecipient } from './envelope-row.ts';

export type ResendSigningLinkOutcome = { readonly __typename: 'ResendSigningLinkSuccess'; readonly recipient: Recipient } | AnswerRefusal | InvalidInput;

export const resendSigningLink = async (ctx: Context, input: { readonly recipientId: string; readonly idempotencyKey: string }): Promise<ResendSigningLinkOutcome> => {
  const actor = requireUser(ctx.actor);
  const { organizationId } = actor;

  const outcome = await act<{ id: string }, AnswerRefusal>(ctx, { operation: 'resendSigningLink', actor, input }, async (tx) => {
    const asked = found(await tx.db.recipient.findFirst({ where: { id: input.recipientId, organizationId } }));
    const envelope = await lockEnvelope(tx, { id: asked.envelopeId, organizationId });
    const recipient = found(envelope.recipients.find(({ id }) => id === asked.id));
    const refusal = refuseToAnswer(envelope, recipient, envelope.recipients, tx.now);
    if (refusal) return refusal;
    await askRecipientAgain(tx, ctx.services.links, asSent(envelope), recipient);
    return { id: recipient.id };
  });
  if ('refusal' in outcome) return outcome.refusal;
  return { __typename: 'ResendSigningLinkSuccess', recipient: await mustLoadRecipient(ctx, outcome.done.id) };
};
