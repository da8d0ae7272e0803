import type { MembershipResolvers } from './../__generated__/types.ts';
import { mustLoad } from '../must-load.ts';

export const Membership: MembershipResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.membership.load(id),
  user: (membership, _args, ctx) => mustLoad(ctx.load.user, membership.userId),
  organization: (membership, _args, ctx) => mustLoad(ctx.load.organization, membership.organizationId),
  role: (membership, _args, ctx) => ctx.load.role.load(membership.role),
};
