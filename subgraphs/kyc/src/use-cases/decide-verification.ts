import { once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { Verification } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { decisionModel } from '../domain/verification.ts';
import { decide } from './decide.ts';
import { holdVerification, stateError, type VerificationStateError } from './hold-verification.ts';

export type DecideVerificationOutcome = { readonly __typename: 'DecideVerificationSuccess'; readonly verification: Verification } | VerificationStateError | InvalidInput;

/** Why somebody may not decide; `undefined` when they may. */
const refusalFor = (verification: Verification, reviewerId: string): string | undefined => {
  if (verification.state === 'IN_PROGRESS') return verification.reviewerId === reviewerId ? undefined : 'Another reviewer has taken this verification.';
  return verification.state === 'REQUIRES_REVIEW' ? undefined : 'This verification does not wait for a decision.';
};

export const decideVerification = async (ctx: Context, input: { readonly id: string }): Promise<DecideVerificationOutcome> => {
  const { id: reviewerId, organizationId } = requireUser(ctx.actor);
  const read = readInput(decisionModel, input);
  if ('refusal' in read) return read.refusal;
  const { idempotencyKey, decision, reason } = read.data;
  const act = { actorId: reviewerId, organizationId, operation: 'decideVerification', key: idempotencyKey, input: { id: input.id, decision, reason } };

  return ctx.transaction(async (tx) => {
    const held = await holdVerification(tx, ctx.actor, input.id);
    const { refusal } = await once(tx, act, async () => {
      const why = refusalFor(held, reviewerId) ?? null;
      if (why === null) await decide(tx, held, { state: decision === 'VERIFY' ? 'VERIFIED' : 'REJECTED', reason, decidedBy: reviewerId });
      return { refusal: why };
    });
    const verification = await tx.db.verification.findUniqueOrThrow({ where: { id: held.id } });
    return refusal === null ? { __typename: 'DecideVerificationSuccess', verification } : stateError(verification, refusal);
  });
};
