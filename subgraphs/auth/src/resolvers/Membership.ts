import { found } from '@buffrsign/kernel';
import type { MembershipResolvers } from './../__generated__/types.ts';

export const Membership: MembershipResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.membership.load(id),
  user: async (membership, _args, ctx) => found(await ctx.load.user.load(membership.userId)),
  organization: async (membership, _args, ctx) => found(await ctx.load.organization.load(membership.organizationId)),
  role: (membership, _args, ctx) => ctx.load.role.load(membership.role),
};
