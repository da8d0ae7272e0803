import type { RatePlanResolvers } from './../__generated__/types.ts';

export const RatePlan: RatePlanResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.ratePlan.load(reference.id),
};
