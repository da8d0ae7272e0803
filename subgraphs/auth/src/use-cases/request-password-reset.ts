import type { Acting } from '../context.ts';
import { mailsToAddress, tooManyAttempts, type TooManyAttempts } from '../domain/throttle.ts';
import { mailsTo, tryOnce } from './attempts.ts';
import { sendLetter } from './send-letter.ts';

export type RequestPasswordResetOutcome = { readonly __typename: 'RequestPasswordResetSuccess'; readonly expiresAt: Date } | TooManyAttempts;

export const requestPasswordReset = async (ctx: Acting, input: { readonly email: string }): Promise<RequestPasswordResetOutcome> => {
  const email = input.email.trim().toLowerCase();
  const admission = await tryOnce(ctx, mailsToAddress, mailsTo(email));
  if (!admission.admitted) return tooManyAttempts(admission.retryAfter);
  const expiresAt = await ctx.transaction((tx) => sendLetter(tx, email, 'RESET_PASSWORD'));
  return { __typename: 'RequestPasswordResetSuccess', expiresAt };
};
