import { readInput, type InvalidInput } from '@buffrsign/kernel';
import { z } from 'zod';
import type { Acting } from '../context.ts';
import { newPassword } from '../domain/passwords.ts';
import { hashOf } from '../secrets.ts';
import { forgetTries, guessesAt } from './attempts.ts';
import { linkNotValid, type LinkNotValid } from './link-not-valid.ts';
import { setPassword } from './set-password.ts';

export type ResetPasswordOutcome = { readonly __typename: 'ResetPasswordSuccess'; readonly changedAt: Date } | LinkNotValid | InvalidInput;

export const resetPassword = async (ctx: Acting, input: { readonly token: string; readonly newPassword: string }): Promise<ResetPasswordOutcome> => {
  const open = { tokenHash: hashOf(input.token), purpose: 'RESET_PASSWORD' as const, usedAt: null };
  const proof = await ctx.db.emailProof.findFirst({ where: { ...open, expiresAt: { gt: ctx.now() } }, include: { user: true } });
  if (!proof) return linkNotValid;
  const { user } = proof;
  const read = readInput(z.object({ newPassword: newPassword(user.email) }), input);
  if ('refusal' in read) return read.refusal;

  const hash = await ctx.services.passwords.hash(read.data.newPassword);
  return ctx.transaction(async (tx) => {
    // The condition decides between two who use the same link at once.
    const { count } = await tx.db.emailProof.updateMany({ where: { ...open, expiresAt: { gt: tx.now } }, data: { usedAt: tx.now } });
    if (count === 0) return linkNotValid;
    await setPassword(tx, user.id, hash);
    await tx.db.user.updateMany({ where: { id: user.id, emailVerifiedAt: null }, data: { emailVerifiedAt: tx.now } });
    await forgetTries(tx.db, guessesAt(user.email));
    return { __typename: 'ResetPasswordSuccess', changedAt: tx.now };
  });
};
