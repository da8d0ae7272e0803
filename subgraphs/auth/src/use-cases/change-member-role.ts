import type { Membership } from '../__generated__/prisma/client.ts';
import type { Acting } from '../context.ts';
import { refuseBeyond, type BeyondYourPermissions, type LastOwner } from '../domain/grants.ts';
import { OWNER } from '../domain/roles.ts';
import { memberNotActive, openCase, refuseWithoutOwner, revokeInvitationsOf, updateMember, type MemberNotActive } from './change-member.ts';
import { findRole, roleNotFound, type RoleNotFound } from './find-role.ts';
import { sayMemberChanged } from './say-member-changed.ts';

export type ChangeMemberRoleOutcome = { readonly __typename: 'ChangeMemberRoleSuccess'; readonly member: Membership } | LastOwner | BeyondYourPermissions | MemberNotActive | RoleNotFound;

export const changeMemberRole = (ctx: Acting, { memberId, roleId }: { readonly memberId: string; readonly roleId: string }): Promise<ChangeMemberRoleOutcome> =>
  ctx.transaction(async (tx) => {
    const { acting, target, targetRole } = await openCase(tx, ctx.actor, memberId, 'members:write');
    if (target.status === 'INACTIVE') return memberNotActive;
    const role = await findRole(tx, target.organizationId, roleId);
    if (!role) return roleNotFound;
    if (role.id === target.role) return { __typename: 'ChangeMemberRoleSuccess', member: target };
    const refusal = refuseBeyond(acting.role, [targetRole, role]) ?? (role.id === OWNER ? null : await refuseWithoutOwner(tx, target));
    if (refusal) return refusal;

    const member = await updateMember(tx, target, { role: role.id });
    await revokeInvitationsOf(tx, member);
    await sayMemberChanged(tx, target.user, member);
    return { __typename: 'ChangeMemberRoleSuccess', member };
  });
