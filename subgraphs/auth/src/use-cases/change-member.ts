import { found, type Actor } from '@buffrsign/kernel';
import type { Membership, Prisma, User } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import { refuseLastOwner, type LastOwner } from '../domain/grants.ts';
import type { Permission } from '../domain/permissions.ts';
import { OWNER, type RoleView } from '../domain/roles.ts';
import { actingMember, type ActingMember } from './acting-member.ts';
import { findRole } from './find-role.ts';

export interface MemberNotActive {
  readonly __typename: 'MemberNotActiveError';
  readonly message: string;
}

export const memberNotActive: MemberNotActive = { __typename: 'MemberNotActiveError', message: 'This person left the organization. Invite them anew.' };

/** A member about whom something is decided, the one who decides, and the role that the member has. */
export interface Case {
  readonly acting: ActingMember;
  readonly target: Membership & { readonly user: User };
  /** Without rights once they left and the role is gone. */
  readonly targetRole: Pick<RoleView, 'id' | 'permissions'>;
}

/** Opens a case with the organization locked. @throws Problem NOT_FOUND when there is no such member, FORBIDDEN as `actingMember`. */
export const openCase = async (tx: Tx, actor: Actor, memberId: string, needed?: Permission): Promise<Case> => {
  const acting = await actingMember(tx, actor, needed);
  const { organizationId } = acting.membership;
  const target = found(await tx.db.membership.findFirst({ where: { id: memberId, organizationId }, include: { user: true } }));
  const targetRole = (await findRole(tx, organizationId, target.role)) ?? { id: target.role, permissions: [] };
  return { acting, target, targetRole };
};

/** Refuses when the organization would have no active owner without this member. */
export const refuseWithoutOwner = async (tx: Tx, target: Membership): Promise<LastOwner | null> =>
  refuseLastOwner(target, await tx.db.membership.count({ where: { organizationId: target.organizationId, role: OWNER, status: 'ACTIVE' } }));

export const updateMember = (tx: Tx, { id }: Membership, data: Prisma.MembershipUpdateInput): Promise<Membership> => tx.db.membership.update({ where: { id }, data });

/** Takes back the open invitations of somebody who may no longer give what they offered: no way back in by one's own letter. */
export const revokeInvitationsOf = async (tx: Tx, { organizationId, userId }: Membership): Promise<void> => {
  await tx.db.invitation.updateMany({ where: { organizationId, invitedById: userId, status: 'PENDING' }, data: { status: 'REVOKED', revokedAt: tx.now, openFor: null } });
};
