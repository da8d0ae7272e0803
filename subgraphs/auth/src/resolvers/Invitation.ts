import type { InvitationResolvers } from './../__generated__/types.ts';
import { statusOf } from '../domain/invitations.ts';
import { mustLoad } from '../must-load.ts';

export const Invitation: InvitationResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.invitation.load(id),
  role: (invitation, _args, ctx) => ctx.load.role.load(invitation.role),
  invitedBy: (invitation, _args, ctx) => mustLoad(ctx.load.user, invitation.invitedById),
  status: (invitation, _args, ctx) => statusOf(invitation, ctx.now()),
};
