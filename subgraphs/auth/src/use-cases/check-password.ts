import type { User } from '../__generated__/prisma/client.ts';
import type { Tools, Tx } from '../context.ts';
import { passwordGuesses, tooManyAttempts, type TooManyAttempts } from '../domain/throttle.ts';
import { forgetTries, guessesAt, tryOnce } from './attempts.ts';

export interface InvalidCredentials {
  readonly __typename: 'InvalidCredentialsError';
  readonly message: string;
}

/** The same whether the address or the password is wrong: it tells nobody who has an account. */
export const invalidCredentials: InvalidCredentials = { __typename: 'InvalidCredentialsError', message: 'This address and this password do not belong together. Check both, or ask for a new password.' };

/** An account whose password was given, and when that password was set. */
export interface Account {
  readonly user: User;
  readonly passwordSetAt: Date;
}

const renew = async (tools: Tools, userId: string, hash: string, password: string): Promise<void> => {
  await tools.db.password.updateMany({ where: { userId, hash }, data: { hash: await tools.services.passwords.hash(password) } });
};

/** The account of an address, when the password is its. An unknown address costs the same time and gets the same answer. */
export const checkPassword = async (tools: Tools, email: string, password: string): Promise<{ readonly account: Account } | { readonly refusal: InvalidCredentials | TooManyAttempts }> => {
  const admission = await tryOnce(tools, passwordGuesses, guessesAt(email));
  if (!admission.admitted) return { refusal: tooManyAttempts(admission.retryAfter) };

  const found = await tools.db.user.findUnique({ where: { email }, include: { password: true } });
  const isRight = await tools.services.passwords.verify(found?.password?.hash ?? null, password);
  if (!found?.password || !isRight) return { refusal: invalidCredentials };

  const { password: kept, ...user } = found;
  await forgetTries(tools.db, guessesAt(email));
  if (tools.services.passwords.isOutdated(kept.hash)) await renew(tools, user.id, kept.hash, password);
  return { account: { user, passwordSetAt: kept.changedAt } };
};

/**
 * Whether the password that was checked is still the account's. Holds it until the transaction ends: a session that
 * begins here is seen, and ended, by whoever changes the password at this moment.
 */
export const passwordStands = async (tx: Tx, { user, passwordSetAt }: Account): Promise<boolean> => {
  const rows = await tx.sql.$queryRaw<object[]>`select 1 as held from "Password" where "userId" = ${user.id} and "changedAt" = ${passwordSetAt} for update`;
  return rows.length === 1;
};
