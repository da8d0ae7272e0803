import type { Membership } from '../__generated__/prisma/client.ts';
import type { Acting } from '../context.ts';
import { refuseBeyond, type BeyondYourPermissions, type LastOwner } from '../domain/grants.ts';
import { memberLeft } from '../events.ts';
import { requirePermission } from './acting-member.ts';
import { openCase, refuseWithoutOwner, revokeInvitationsOf, updateMember } from './change-member.ts';
import { endSessions } from './end-sessions.ts';

export type RemoveMemberOutcome = { readonly __typename: 'RemoveMemberSuccess'; readonly member: Membership } | LastOwner | BeyondYourPermissions;

export const removeMember = (ctx: Acting, { memberId }: { readonly memberId: string }): Promise<RemoveMemberOutcome> =>
  ctx.transaction(async (tx) => {
    const { acting, target, targetRole } = await openCase(tx, ctx.actor, memberId);
    // Everybody may leave.
    if (target.id !== acting.membership.id) requirePermission(acting, ctx.actor, 'members:write');
    if (target.status === 'INACTIVE') return { __typename: 'RemoveMemberSuccess', member: target };
    const refusal = refuseBeyond(acting.role, [targetRole]) ?? (await refuseWithoutOwner(tx, target));
    if (refusal) return refusal;

    const member = await updateMember(tx, target, { status: 'INACTIVE', leftAt: tx.now, suspendedAt: null });
    const { userId, organizationId } = member;
    await endSessions(tx, { userId, organizationId }, 'MEMBERSHIP_ENDED');
    await revokeInvitationsOf(tx, member);
    await tx.publish(memberLeft, { subject: userId, organizationId }, { userId });
    return { __typename: 'RemoveMemberSuccess', member };
  });
