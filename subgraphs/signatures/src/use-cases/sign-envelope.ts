import { invalidInput, type InvalidInput } from '@buffrsign/kernel';
import type { Envelope, Field, Recipient } from '../__generated__/prisma/client.ts';
import type { Context, Tx } from '../context.ts';
import { consentDigest } from '../domain/consent.ts';
import { missingFields, readValues, type GivenValue } from '../domain/field-values.ts';
import { nextToAsk, remaining } from '../domain/routing.ts';
import { refuseMissing, refuseToSign, type AnswerRefusal, type ConsentRequired, type FieldsMissing } from '../domain/signing.ts';
import { recipientCompleted } from '../events.ts';
import { requireGuest } from '../policies.ts';
import { act } from './act.ts';
import { asSent, askRecipient } from './ask-recipient.ts';
import { moveEnvelope, moveRecipient, mustLoadEnvelope, mustLoadRecipient, type LockedEnvelope } from './envelope-row.ts';
import { about, envelopeData, recipientData } from './facts.ts';
import { keepValues } from './keep-values.ts';
import { lockForGuest } from './lock-for-guest.ts';
import { refuseUndrawable } from './refuse-undrawable.ts';
import { planSignature } from './sealing/plan-steps.ts';

export interface SignEnvelopeInput {
  readonly consent: boolean;
  readonly values: readonly GivenValue[];
  readonly idempotencyKey: string;
}
type Refusal = AnswerRefusal | ConsentRequired | FieldsMissing<Field> | InvalidInput;
export type SignEnvelopeOutcome = { readonly __typename: 'SignEnvelopeSuccess'; readonly envelope: Envelope; readonly recipient: Recipient } | Refusal;

/** Marks a recipient as having signed, leaves their signature to be appended, and asks whoever is next. */
const complete = async (ctx: Context, tx: Tx, envelope: LockedEnvelope, recipient: Recipient): Promise<void> => {
  const consent = { consentedAt: tx.now, consentTextSha256: consentDigest(envelope.consentText ?? '') };
  const { ip, userAgent } = ctx.client;
  await moveRecipient(tx, recipient, 'COMPLETED', { completedAt: tx.now, ...consent, signedIp: ip, signedUserAgent: userAgent });
  await planSignature(tx, envelope, recipient);
  const now = envelope.recipients.map((other) => (other.id === recipient.id ? { ...other, state: 'COMPLETED' as const } : other));
  const left = remaining(now);
  await tx.publish(recipientCompleted, about(envelope), {
    ...envelopeData(envelope),
    ...recipientData(recipient),
    remaining: left,
    completedAt: tx.now.toISOString(),
    ip,
    userAgent,
    identification: recipient.identification,
    consentedAt: tx.now.toISOString(),
    consentTextSha256: consent.consentTextSha256,
  });
  if (left === 0) return moveEnvelope(tx, envelope, 'SIGNED', { signedAt: tx.now });
  for (const next of nextToAsk(now)) await askRecipient(tx, ctx.services.links, asSent(envelope), next);
};

/** The agreement, the values of all fields and the signature: all of it in one transaction, or nothing. */
export const signEnvelope = async (ctx: Context, input: SignEnvelopeInput): Promise<SignEnvelopeOutcome> => {
  const guest = requireGuest(ctx.actor);
  const undrawable = await refuseUndrawable(ctx.services.engine, input.values);

  const outcome = await act<{ envelopeId: string }, Refusal>(ctx, { operation: 'signEnvelope', actor: guest, input }, async (tx) => {
    const { envelope, recipient } = await lockForGuest(tx, guest);
    const refusal = refuseToSign(envelope, recipient, envelope.recipients, input.consent, tx.now) ?? undrawable;
    if (refusal) return refusal;
    const fields = await tx.db.field.findMany({ where: { recipientId: recipient.id }, orderBy: { id: 'asc' } });
    const { values, issues } = readValues(fields, input.values, tx.now);
    if (issues.length > 0) return invalidInput(issues);
    const missing = refuseMissing(missingFields(fields, values));
    if (missing) return missing;

    await keepValues(tx, fields, values);
    await complete(ctx, tx, envelope, recipient);
    return { envelopeId: envelope.id };
  });
  if ('refusal' in outcome) return outcome.refusal;
  return { __typename: 'SignEnvelopeSuccess', envelope: await mustLoadEnvelope(ctx, outcome.done.envelopeId), recipient: await mustLoadRecipient(ctx, guest.id) };
};
