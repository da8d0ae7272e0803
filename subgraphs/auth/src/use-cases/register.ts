import { newId, once, readInput, type InvalidInput } from '@buffrsign/kernel';
import { z } from 'zod';
import type { Acting, Tx } from '../context.ts';
import { newPassword } from '../domain/passwords.ts';
import { deviceName, emailAddress, idempotencyKey, organizationName, personName } from '../domain/people.ts';
import { OWNER } from '../domain/roles.ts';
import { memberJoined, organizationCreated } from '../events.ts';
import { beginSession, issueTokens, signedIn, type SignedIn, type Tokens } from './begin-session.ts';
import { findActiveMembership } from './find-membership.ts';
import { login, type LoginOutcome } from './login.ts';
import { sendLetter } from './send-letter.ts';

export interface RegisterInput {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly organizationName: string;
  readonly device?: string | null | undefined;
  readonly idempotencyKey: string;
}

const registrationModel = (email: string) =>
  z.object({ name: personName, email: emailAddress, password: newPassword(email), organizationName, device: deviceName, idempotencyKey });

type Registration = z.output<ReturnType<typeof registrationModel>>;

interface EmailTaken {
  readonly __typename: 'EmailTakenError';
  readonly message: string;
}

const emailTaken: EmailTaken = { __typename: 'EmailTakenError', message: 'There is an account with this address already. Sign in to it, or ask for a new password.' };

export type RegisterOutcome = ({ readonly __typename: 'RegisterSuccess'; readonly tokens: Tokens } & SignedIn) | EmailTaken | Exclude<LoginOutcome, { __typename: 'LoginSuccess' }> | InvalidInput;

type Founded = { readonly __typename: 'Founded'; readonly userId: string; readonly organizationId: string } | EmailTaken;

const found = async (tx: Tx, { name, email, organizationName }: Registration, hash: string): Promise<Founded> => {
  const [userId, organizationId] = [newId('usr'), newId('org')];
  const since = { createdAt: tx.now, updatedAt: tx.now };
  // The unique key decides between two who take the same address at once.
  const { count } = await tx.db.user.createMany({ data: { id: userId, name, email, ...since }, skipDuplicates: true });
  if (count === 0) return emailTaken;
  await tx.db.password.create({ data: { userId, hash, changedAt: tx.now } });
  await tx.db.organization.create({ data: { id: organizationId, name: organizationName, ...since } });
  await tx.db.membership.create({ data: { id: newId('mem'), organizationId, userId, role: OWNER, status: 'ACTIVE', joinedAt: tx.now } });
  await tx.publish(organizationCreated, { subject: organizationId, organizationId }, { organizationId, name: organizationName });
  await tx.publish(memberJoined, { subject: userId, organizationId }, { userId, name, email, role: OWNER });
  await sendLetter(tx, email, 'VERIFY_EMAIL');
  return { __typename: 'Founded', userId, organizationId };
};

const foundOnce = (ctx: Acting, data: Registration, hash: string) =>
  ctx.transaction(async (tx) => {
    const { name, email, organizationName, device, idempotencyKey: key } = data;
    let isFirst = false;
    // A plain digest of the input would be a quick way to guess the password from the table of keys.
    const input = { name, organizationName, password: ctx.services.disguise(data.password) };
    const founded = await once(tx, { actorId: email, organizationId: null, operation: 'register', key, input }, () => {
      isFirst = true;
      return found(tx, data, hash);
    });
    if (founded.__typename === 'EmailTakenError') return founded;
    if (!isFirst) return { __typename: 'Repeated' as const, organizationId: founded.organizationId };
    const user = await tx.db.user.findUniqueOrThrow({ where: { id: founded.userId } });
    const membership = (await findActiveMembership(tx, user.id))!;
    return { __typename: 'First' as const, grant: await beginSession(tx, membership, device), ...signedIn(user, membership) };
  });

export const register = async (ctx: Acting, input: RegisterInput): Promise<RegisterOutcome> => {
  const read = readInput(registrationModel(input.email), input);
  if ('refusal' in read) return read.refusal;
  const { data } = read;

  const outcome = await foundOnce(ctx, data, await ctx.services.passwords.hash(data.password));
  if (outcome.__typename === 'EmailTakenError') return outcome;
  if (outcome.__typename === 'First') {
    const { grant, user, organization } = outcome;
    return { __typename: 'RegisterSuccess', tokens: await issueTokens(ctx, grant), user, organization };
  }
  // A repetition is a sign-in: the password must still be the account's, or an old one would open it for ever.
  const again = await login(ctx, { ...data, organizationId: outcome.organizationId });
  return again.__typename === 'LoginSuccess' ? { ...again, __typename: 'RegisterSuccess' } : again;
};
