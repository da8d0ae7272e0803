import { found } from '@buffrsign/kernel';
import type { Invitation } from '../__generated__/prisma/client.ts';
import type { Acting } from '../context.ts';
import { invitationNotOpen, isOpen, type InvitationNotOpen } from '../domain/invitations.ts';
import { actingMember } from './acting-member.ts';

export type RevokeInvitationOutcome = { readonly __typename: 'RevokeInvitationSuccess'; readonly invitation: Invitation } | InvitationNotOpen;

export const revokeInvitation = (ctx: Acting, { id }: { readonly id: string }): Promise<RevokeInvitationOutcome> =>
  ctx.transaction(async (tx) => {
    const { membership } = await actingMember(tx, ctx.actor, 'members:write');
    const present = found(await tx.db.invitation.findFirst({ where: { id, organizationId: membership.organizationId } }));
    if (present.status === 'REVOKED') return { __typename: 'RevokeInvitationSuccess', invitation: present };
    if (!isOpen(present, tx.now)) return invitationNotOpen;
    const invitation = await tx.db.invitation.update({ where: { id }, data: { status: 'REVOKED', revokedAt: tx.now, openFor: null } });
    return { __typename: 'RevokeInvitationSuccess', invitation };
  });
