import { requireUser } from '@buffrsign/kernel';
import type { Verification } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { holdVerification, stateError, type VerificationStateError } from './hold-verification.ts';

export type TakeVerificationOutcome = { readonly __typename: 'TakeVerificationSuccess'; readonly verification: Verification } | VerificationStateError;

export const takeVerification = (ctx: Context, input: { readonly id: string }): Promise<TakeVerificationOutcome> =>
  ctx.transaction(async (tx) => {
    const { id: reviewerId } = requireUser(ctx.actor);
    const held = await holdVerification(tx, ctx.actor, input.id);
    if (held.state === 'IN_PROGRESS' && held.reviewerId === reviewerId) return { __typename: 'TakeVerificationSuccess', verification: held };
    if (held.state !== 'REQUIRES_REVIEW') return stateError(held, 'This verification does not wait for a reviewer.');
    const verification = await tx.db.verification.update({ where: { id: held.id }, data: { state: 'IN_PROGRESS', reviewerId } });
    return { __typename: 'TakeVerificationSuccess', verification };
  });
