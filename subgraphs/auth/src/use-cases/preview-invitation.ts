import type { Acting } from '../context.ts';
import { isOpen } from '../domain/invitations.ts';
import { hashOf } from '../secrets.ts';
import { findRole } from './find-role.ts';

/** What an invitation says to whoever holds its link; null when it is not open. */
export const previewInvitation = (ctx: Acting, token: string) =>
  ctx.transaction(async (tx) => {
    const invitation = await tx.db.invitation.findUnique({ where: { tokenHash: hashOf(token) }, include: { organization: true, invitedBy: true } });
    if (!invitation || !isOpen(invitation, tx.now)) return null;
    const { organizationId, organization, invitedBy, email, expiresAt } = invitation;
    const role = await findRole(tx, organizationId, invitation.role);
    const account = await tx.db.user.findUnique({ where: { email } });
    return { organizationName: organization.name, invitedByName: invitedBy.name, roleName: role?.name ?? '', email, hasAccount: account !== null, expiresAt };
  });
