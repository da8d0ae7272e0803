import { newId, once, readInput, type InvalidInput } from '@buffrsign/kernel';
import { z } from 'zod';
import type { Invitation, Membership } from '../__generated__/prisma/client.ts';
import type { Acting, Tx } from '../context.ts';
import { refuseBeyond, type BeyondYourPermissions } from '../domain/grants.ts';
import { invitationExpiry, isOpen } from '../domain/invitations.ts';
import { emailAddress, idempotencyKey } from '../domain/people.ts';
import type { RoleView } from '../domain/roles.ts';
import { memberInvited } from '../events.ts';
import { hashOf, newSecret } from '../secrets.ts';
import { actingMember, type ActingMember } from './acting-member.ts';
import { findRole, roleNotFound, type RoleNotFound } from './find-role.ts';

const model = z.object({ email: emailAddress, roleId: z.string(), idempotencyKey });

/** What is kept under the key: ids only, so that a repetition shows things as they are then. */
type Decided =
  | { readonly __typename: 'InviteMemberSuccess' | 'AlreadyInvitedError'; readonly invitationId: string }
  | { readonly __typename: 'AlreadyMemberError'; readonly memberId: string }
  | RoleNotFound
  | BeyondYourPermissions;

export type InviteMemberOutcome =
  | { readonly __typename: 'InviteMemberSuccess'; readonly invitation: Invitation }
  | { readonly __typename: 'AlreadyInvitedError'; readonly message: string; readonly invitation: Invitation }
  | { readonly __typename: 'AlreadyMemberError'; readonly message: string; readonly member: Membership }
  | RoleNotFound
  | BeyondYourPermissions
  | InvalidInput;

/** Writes an invitation and says that it is to be sent; the one way in which its token leaves is sealed. Gives both. */
export const invite = async (tx: Tx, seal: (text: string) => string, { membership }: ActingMember, email: string, role: RoleView) => {
  const { organizationId, userId } = membership;
  const token = newSecret('inv');
  const inviter = await tx.db.user.findUniqueOrThrow({ where: { id: userId } });
  const invitation = await tx.db.invitation.create({
    data: { id: newId('inv'), organizationId, email, openFor: email, role: role.id, tokenHash: hashOf(token), invitedById: userId, status: 'PENDING', createdAt: tx.now, expiresAt: invitationExpiry(tx.now) },
    include: { organization: true },
  });
  const { id: invitationId, organization, expiresAt } = invitation;
  await tx.publish(
    memberInvited,
    { subject: invitationId, organizationId },
    { invitationId, email, role: role.name, organizationName: organization.name, invitedBy: inviter.name, sealedToken: seal(token), expiresAt: expiresAt.toISOString() },
  );
  return { invitation, token };
};

/** Whether somebody who has the address is in already, or on the way. An invitation that ran out makes room. */
const refusePresent = async (tx: Tx, organizationId: string, email: string): Promise<Decided | null> => {
  const member = await tx.db.membership.findFirst({ where: { organizationId, user: { email }, status: { not: 'INACTIVE' } } });
  if (member) return { __typename: 'AlreadyMemberError', memberId: member.id };
  const earlier = await tx.db.invitation.findUnique({ where: { organizationId_openFor: { organizationId, openFor: email } } });
  if (!earlier) return null;
  if (isOpen(earlier, tx.now)) return { __typename: 'AlreadyInvitedError', invitationId: earlier.id };
  await tx.db.invitation.update({ where: { id: earlier.id }, data: { openFor: null } });
  return null;
};

const present = async (tx: Tx, decided: Decided): Promise<InviteMemberOutcome> => {
  switch (decided.__typename) {
    case 'InviteMemberSuccess':
      return { __typename: decided.__typename, invitation: await tx.db.invitation.findUniqueOrThrow({ where: { id: decided.invitationId } }) };
    case 'AlreadyInvitedError': {
      const invitation = await tx.db.invitation.findUniqueOrThrow({ where: { id: decided.invitationId } });
      return { __typename: decided.__typename, message: 'There is an open invitation for this address. Wait for its answer, or take it back first.', invitation };
    }
    case 'AlreadyMemberError': {
      const member = await tx.db.membership.findUniqueOrThrow({ where: { id: decided.memberId } });
      return { __typename: decided.__typename, message: 'This person is a member already.', member };
    }
    default:
      return decided;
  }
};

export const inviteMember = async (ctx: Acting, input: unknown): Promise<InviteMemberOutcome> => {
  const read = readInput(model, input);
  if ('refusal' in read) return read.refusal;
  const { email, roleId, idempotencyKey: key } = read.data;

  return ctx.transaction(async (tx) => {
    const acting = await actingMember(tx, ctx.actor, 'members:write');
    const { organizationId, userId } = acting.membership;
    const decided = await once<Decided>(tx, { actorId: userId, organizationId, operation: 'inviteMember', key, input: { email, roleId } }, async () => {
      const role = await findRole(tx, organizationId, roleId);
      if (!role) return roleNotFound;
      const refusal = refuseBeyond(acting.role, [role]) ?? (await refusePresent(tx, organizationId, email));
      if (refusal) return refusal;
      const { invitation } = await invite(tx, ctx.services.seal, acting, email, role);
      return { __typename: 'InviteMemberSuccess', invitationId: invitation.id };
    });
    return present(tx, decided);
  });
};
