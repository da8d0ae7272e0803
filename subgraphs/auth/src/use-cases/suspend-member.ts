import type { Membership } from '../__generated__/prisma/client.ts';
import type { Acting } from '../context.ts';
import { refuseBeyond, type BeyondYourPermissions, type LastOwner } from '../domain/grants.ts';
import { memberNotActive, openCase, refuseWithoutOwner, revokeInvitationsOf, updateMember, type MemberNotActive } from './change-member.ts';
import { endSessions } from './end-sessions.ts';
import { sayMemberChanged } from './say-member-changed.ts';

export type SuspendMemberOutcome = { readonly __typename: 'SuspendMemberSuccess'; readonly member: Membership } | LastOwner | BeyondYourPermissions | MemberNotActive;

export const suspendMember = (ctx: Acting, { memberId }: { readonly memberId: string }): Promise<SuspendMemberOutcome> =>
  ctx.transaction(async (tx) => {
    const { acting, target, targetRole } = await openCase(tx, ctx.actor, memberId, 'members:write');
    if (target.status === 'INACTIVE') return memberNotActive;
    if (target.status === 'SUSPENDED') return { __typename: 'SuspendMemberSuccess', member: target };
    const refusal = refuseBeyond(acting.role, [targetRole]) ?? (await refuseWithoutOwner(tx, target));
    if (refusal) return refusal;

    const member = await updateMember(tx, target, { status: 'SUSPENDED', suspendedAt: tx.now });
    await endSessions(tx, { userId: member.userId, organizationId: member.organizationId }, 'MEMBERSHIP_ENDED');
    await revokeInvitationsOf(tx, member);
    await sayMemberChanged(tx, target.user, member);
    return { __typename: 'SuspendMemberSuccess', member };
  });
