import { Problem, requireUser, scopesOf, type Actor } from '@buffrsign/kernel';
import type { Membership } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';
import type { Permission } from '../domain/permissions.ts';
import type { RoleView } from '../domain/roles.ts';
import { requireRole } from './find-role.ts';

/** The member who acts, with what they may do at this moment. */
export interface ActingMember {
  readonly membership: Membership;
  readonly role: RoleView;
}

/** Changes of members, roles and invitations of one organization happen one after another. */
export const lockOrganization = async (tx: Tx, organizationId: string): Promise<void> => {
  await tx.sql.$queryRaw`select 1 as locked from "Organization" where id = ${organizationId} for no key update`;
};

/** Demands a right that the member holds now and that their token is for. @throws Problem FORBIDDEN. */
export const requirePermission = ({ role }: ActingMember, actor: Actor, needed: Permission): void => {
  if (role.permissions.includes(needed) && scopesOf(actor).includes(needed)) return;
  throw new Problem('FORBIDDEN', { message: `This needs the permission ${needed}, which you do not hold.` });
};

/**
 * The acting member, read after the organization was locked. A token tells what somebody could do up to ten minutes ago;
 * who decides over the rights of others must hold their own now.
 *
 * @throws Problem FORBIDDEN when they are no active member, or do not hold `needed`.
 */
export const actingMember = async (tx: Tx, actor: Actor, needed?: Permission): Promise<ActingMember> => {
  const { id: userId, organizationId } = requireUser(actor);
  await lockOrganization(tx, organizationId);
  const membership = await tx.db.membership.findFirst({ where: { userId, organizationId, status: 'ACTIVE' } });
  if (!membership) throw new Problem('FORBIDDEN', { message: 'You are not an active member of this organization.' });
  const acting = { membership, role: await requireRole(tx, organizationId, membership.role) };
  if (needed) requirePermission(acting, actor, needed);
  return acting;
};
