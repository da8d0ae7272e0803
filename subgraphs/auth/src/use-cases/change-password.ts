import { Problem, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import { z } from 'zod';
import type { Acting } from '../context.ts';
import { newPassword } from '../domain/passwords.ts';
import { deviceName } from '../domain/people.ts';
import type { TooManyAttempts } from '../domain/throttle.ts';
import { beginSession, issueTokens, type Tokens } from './begin-session.ts';
import { checkPassword, invalidCredentials, passwordStands, type InvalidCredentials } from './check-password.ts';
import { findActiveMembership } from './find-membership.ts';
import { setPassword } from './set-password.ts';

export type ChangePasswordOutcome = { readonly __typename: 'ChangePasswordSuccess'; readonly tokens: Tokens } | InvalidCredentials | TooManyAttempts | InvalidInput;

export const changePassword = async (ctx: Acting, input: { readonly currentPassword: string; readonly newPassword: string }): Promise<ChangePasswordOutcome> => {
  const { id: userId, organizationId } = requireUser(ctx.actor);
  const me = await ctx.db.user.findUnique({ where: { id: userId } });
  if (!me) throw new Problem('FORBIDDEN');
  const read = readInput(z.object({ newPassword: newPassword(me.email), device: deviceName }), input);
  if ('refusal' in read) return read.refusal;
  const checked = await checkPassword(ctx, me.email, input.currentPassword);
  if ('refusal' in checked) return checked.refusal;

  const hash = await ctx.services.passwords.hash(read.data.newPassword);
  const grant = await ctx.transaction(async (tx) => {
    if (!(await passwordStands(tx, checked.account))) return null;
    const membership = await findActiveMembership(tx, userId, organizationId);
    if (!membership) throw new Problem('FORBIDDEN');
    await setPassword(tx, userId, hash);
    return beginSession(tx, membership, read.data.device);
  });
  return grant ? { __typename: 'ChangePasswordSuccess', tokens: await issueTokens(ctx, grant) } : invalidCredentials;
};
