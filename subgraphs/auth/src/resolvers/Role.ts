import type { RoleResolvers } from './../__generated__/types.ts';

export const Role: RoleResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.role.load(id),
};
