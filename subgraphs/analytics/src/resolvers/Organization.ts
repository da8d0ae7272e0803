import type { OrganizationResolvers } from './../__generated__/types.ts';
import { isOwn } from '../policies.ts';
import * as useCases from '../use-cases/index.ts';

export const Organization: OrganizationResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  overview: ({ id }, args, ctx) => (isOwn(ctx.actor, id) ? useCases.computeOverview(ctx, args) : null),
};
