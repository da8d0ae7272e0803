import { newId, readInput, type InvalidInput } from '@buffrsign/kernel';
import { z } from 'zod';
import type { Invitation } from '../__generated__/prisma/client.ts';
import type { Acting, Tx } from '../context.ts';
import { invitationNotOpen, isOpen, type InvitationNotOpen } from '../domain/invitations.ts';
import { newPassword } from '../domain/passwords.ts';
import { deviceName, personName } from '../domain/people.ts';
import type { TooManyAttempts } from '../domain/throttle.ts';
import { memberJoined } from '../events.ts';
import { hashOf } from '../secrets.ts';
import { lockOrganization } from './acting-member.ts';
import { beginSession, issueTokens, signedIn, type SignedIn, type Tokens } from './begin-session.ts';
import { checkPassword, invalidCredentials, passwordStands, type Account, type InvalidCredentials } from './check-password.ts';
import { findRole } from './find-role.ts';

export interface AcceptInvitationInput {
  readonly token: string;
  readonly name?: string | null | undefined;
  readonly password?: string | null | undefined;
  readonly device?: string | null | undefined;
}

export type AcceptInvitationOutcome =
  | ({ readonly __typename: 'AcceptInvitationSuccess'; readonly tokens: Tokens } & SignedIn)
  | InvitationNotOpen
  | InvalidCredentials
  | TooManyAttempts
  | InvalidInput;

/** Finds out, in the transaction, whose the membership is going to be; null when that person cannot be them any more. */
type Enter = (tx: Tx) => Promise<{ readonly userId: string } | null>;

const asNewPerson = async (ctx: Acting, email: string, input: AcceptInvitationInput): Promise<Enter | { readonly refusal: InvalidInput }> => {
  const read = readInput(z.object({ name: personName, password: newPassword(email) }), { name: input.name ?? '', password: input.password ?? '' });
  if ('refusal' in read) return read;
  const hash = await ctx.services.passwords.hash(read.data.password);
  return async (tx) => {
    const id = newId('usr');
    const { count } = await tx.db.user.createMany({ data: { id, name: read.data.name, email, createdAt: tx.now, updatedAt: tx.now }, skipDuplicates: true });
    if (count === 0) return null;
    await tx.db.password.create({ data: { userId: id, hash, changedAt: tx.now } });
    return { userId: id };
  };
};

const asAccount =
  (account: Account): Enter =>
  async (tx) =>
    (await passwordStands(tx, account)) ? { userId: account.user.id } : null;

/** How the person comes in: signed in already, with the password of their account, or as somebody new. */
const chooseEnter = async (ctx: Acting, email: string, input: AcceptInvitationInput): Promise<Enter | { readonly refusal: InvalidCredentials | TooManyAttempts | InvalidInput }> => {
  const user = await ctx.db.user.findUnique({ where: { email } });
  if (!user) return asNewPerson(ctx, email, input);
  if (ctx.actor.kind === 'user' && ctx.actor.id === user.id) return async () => ({ userId: user.id });
  const checked = await checkPassword(ctx, email, input.password ?? '');
  return 'refusal' in checked ? checked : asAccount(checked.account);
};

const join = async (tx: Tx, { organizationId, role }: Invitation, userId: string) => {
  const present = await tx.db.membership.findUnique({ where: { organizationId_userId: { organizationId, userId } } });
  // An invitation is no way around a suspension.
  if (present && present.status !== 'INACTIVE') return null;
  const since = { role, status: 'ACTIVE', joinedAt: tx.now, leftAt: null } as const;
  const include = { organization: true, user: true } as const;
  if (present) return tx.db.membership.update({ where: { id: present.id }, data: since, include });
  return tx.db.membership.create({ data: { id: newId('mem'), organizationId, userId, ...since }, include });
};

const accept = (ctx: Acting, { id, organizationId }: Invitation, enter: Enter, device: string | null) =>
  ctx.transaction(async (tx) => {
    await lockOrganization(tx, organizationId);
    const invitation = await tx.db.invitation.findUniqueOrThrow({ where: { id } });
    if (!isOpen(invitation, tx.now) || !(await findRole(tx, organizationId, invitation.role))) return invitationNotOpen;
    const entered = await enter(tx);
    if (!entered) return invalidCredentials;
    const membership = await join(tx, invitation, entered.userId);
    if (!membership) return invitationNotOpen;

    await tx.db.invitation.update({ where: { id }, data: { status: 'ACCEPTED', acceptedAt: tx.now, openFor: null } });
    // Whoever holds the link reads mail at the address.
    await tx.db.user.updateMany({ where: { id: membership.userId, emailVerifiedAt: null }, data: { emailVerifiedAt: tx.now } });
    const { user, role } = membership;
    await tx.publish(memberJoined, { subject: user.id, organizationId }, { userId: user.id, name: user.name, email: user.email, role });
    return { grant: await beginSession(tx, membership, device), ...signedIn(user, membership) };
  });

export const acceptInvitation = async (ctx: Acting, input: AcceptInvitationInput): Promise<AcceptInvitationOutcome> => {
  const invitation = await ctx.db.invitation.findUnique({ where: { tokenHash: hashOf(input.token) } });
  if (!invitation || !isOpen(invitation, ctx.now())) return invitationNotOpen;
  const enter = await chooseEnter(ctx, invitation.email, input);
  if ('refusal' in enter) return enter.refusal;

  const accepted = await accept(ctx, invitation, enter, deviceName.safeParse(input.device).data ?? null);
  if ('__typename' in accepted) return accepted;
  const { grant, ...who } = accepted;
  return { __typename: 'AcceptInvitationSuccess', tokens: await issueTokens(ctx, grant), ...who };
};
