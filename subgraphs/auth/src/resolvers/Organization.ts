import type { OrganizationResolvers } from './../__generated__/types.ts';

export const Organization: OrganizationResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.organization.load(id),
};
