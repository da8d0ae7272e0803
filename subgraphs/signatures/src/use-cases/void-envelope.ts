import { readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Envelope } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { reasonModel } from '../domain/reason.ts';
import { refuseToVoid, type EnvelopeNotOpen } from '../domain/signing.ts';
import { act } from './act.ts';
import { endEnvelope } from './end-envelope.ts';
import { lockEnvelope, mustLoadEnvelope } from './envelope-row.ts';

export type VoidEnvelopeOutcome = { readonly __typename: 'VoidEnvelopeSuccess'; readonly envelope: Envelope } | EnvelopeNotOpen | InvalidInput;

export const voidEnvelope = async (ctx: Context, input: { readonly id: string; readonly reason: string; readonly idempotencyKey: string }): Promise<VoidEnvelopeOutcome> => {
  const actor = requireUser(ctx.actor);
  const { organizationId } = actor;
  const read = readInput(reasonModel, input);
  if ('refusal' in read) return read.refusal;

  const outcome = await act<{ id: string }, EnvelopeNotOpen>(ctx, { operation: 'voidEnvelope', actor, input }, async (tx) => {
    const envelope = await lockEnvelope(tx, { id: input.id, organizationId });
    const refusal = refuseToVoid(envelope, tx.now);
    if (refusal) return refusal;
    await endEnvelope(tx, envelope, 'VOIDED', read.data.reason);
    return { id: envelope.id };
  });
  if ('refusal' in outcome) return outcome.refusal;
  return { __typename: 'VoidEnvelopeSuccess', envelope: await mustLoadEnvelope(ctx, outcome.done.id) };
};
