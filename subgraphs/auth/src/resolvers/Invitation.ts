import { found } from '@buffrsign/kernel';
import type { InvitationResolvers } from './../__generated__/types.ts';
import { statusOf } from '../domain/invitations.ts';

export const Invitation: InvitationResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.invitation.load(id),
  role: (invitation, _args, ctx) => ctx.load.role.load(invitation.role),
  invitedBy: async (invitation, _args, ctx) => found(await ctx.load.user.load(invitation.invitedById)),
  status: (invitation, _args, ctx) => statusOf(invitation, ctx.now()),
};
