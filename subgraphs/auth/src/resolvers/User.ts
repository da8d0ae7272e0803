import type { UserResolvers } from './../__generated__/types.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.user.load(id),
  // Guests learn who writes to them, not where that person can be reached.
  email: (user, _args, ctx) => (ctx.actor.kind === 'user' ? user.email : null),
  membership: (user, _args, ctx) => (ctx.actor.kind === 'user' ? ctx.load.membershipOfUser.load(user.id) : null),
};
