import { found } from '@buffrsign/kernel';
import type { Acting } from '../context.ts';
import { refuseBeyond, type BeyondYourPermissions } from '../domain/grants.ts';
import { customView } from '../domain/roles.ts';
import { actingMember } from './acting-member.ts';

interface RoleInUse {
  readonly __typename: 'RoleInUseError';
  readonly message: string;
  readonly members: number;
  readonly invitations: number;
}

export type DeleteRoleOutcome = { readonly __typename: 'DeleteRoleSuccess'; readonly id: string } | RoleInUse | BeyondYourPermissions;

export const deleteRole = (ctx: Acting, { id }: { readonly id: string }): Promise<DeleteRoleOutcome> =>
  ctx.transaction(async (tx) => {
    const acting = await actingMember(tx, ctx.actor, 'roles:write');
    const { organizationId } = acting.membership;
    const role = found(await tx.db.customRole.findFirst({ where: { id, organizationId } }));
    const refusal = refuseBeyond(acting.role, [customView(role)]);
    if (refusal) return refusal;

    const members = await tx.db.membership.count({ where: { organizationId, role: id, status: { not: 'INACTIVE' } } });
    const invitations = await tx.db.invitation.count({ where: { organizationId, role: id, status: 'PENDING', expiresAt: { gt: tx.now } } });
    if (members + invitations > 0) {
      const message = `${members} members have this role and ${invitations} are invited with it. Give them another one first.`;
      return { __typename: 'RoleInUseError', message, members, invitations };
    }
    await tx.db.customRole.delete({ where: { id } });
    return { __typename: 'DeleteRoleSuccess', id };
  });
