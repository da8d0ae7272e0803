import type { Membership } from '../__generated__/prisma/client.ts';
import type { Acting } from '../context.ts';
import { refuseBeyond, type BeyondYourPermissions } from '../domain/grants.ts';
import { memberNotActive, openCase, updateMember, type MemberNotActive } from './change-member.ts';
import { sayMemberChanged } from './say-member-changed.ts';

export type ReactivateMemberOutcome = { readonly __typename: 'ReactivateMemberSuccess'; readonly member: Membership } | BeyondYourPermissions | MemberNotActive;

export const reactivateMember = (ctx: Acting, { memberId }: { readonly memberId: string }): Promise<ReactivateMemberOutcome> =>
  ctx.transaction(async (tx) => {
    const { acting, target, targetRole } = await openCase(tx, ctx.actor, memberId, 'members:write');
    if (target.status === 'INACTIVE') return memberNotActive;
    if (target.status === 'ACTIVE') return { __typename: 'ReactivateMemberSuccess', member: target };
    const refusal = refuseBeyond(acting.role, [targetRole]);
    if (refusal) return refusal;

    const member = await updateMember(tx, target, { status: 'ACTIVE', suspendedAt: null });
    await sayMemberChanged(tx, target.user, member);
    return { __typename: 'ReactivateMemberSuccess', member };
  });
