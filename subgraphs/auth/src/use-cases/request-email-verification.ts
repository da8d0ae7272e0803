import { Problem, requireUser } from '@buffrsign/kernel';
import type { Acting } from '../context.ts';
import { mailsToAddress, tooManyAttempts, type TooManyAttempts } from '../domain/throttle.ts';
import { mailsTo, tryOnce } from './attempts.ts';
import { sendLetter } from './send-letter.ts';

export type RequestEmailVerificationOutcome = { readonly __typename: 'RequestEmailVerificationSuccess'; readonly wasVerified: boolean } | TooManyAttempts;

export const requestEmailVerification = async (ctx: Acting): Promise<RequestEmailVerificationOutcome> => {
  const me = await ctx.db.user.findUnique({ where: { id: requireUser(ctx.actor).id } });
  if (!me) throw new Problem('FORBIDDEN');
  if (me.emailVerifiedAt) return { __typename: 'RequestEmailVerificationSuccess', wasVerified: true };
  const admission = await tryOnce(ctx, mailsToAddress, mailsTo(me.email));
  if (!admission.admitted) return tooManyAttempts(admission.retryAfter);
  await ctx.transaction((tx) => sendLetter(tx, me.email, 'VERIFY_EMAIL'));
  return { __typename: 'RequestEmailVerificationSuccess', wasVerified: false };
};
