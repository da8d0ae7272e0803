import type { RatePlan } from '../__generated__/prisma/client.ts';

export interface RatePlanExists {
  readonly __typename: 'RatePlanExistsError';
  readonly message: string;
  readonly ratePlan: RatePlan;
}

export const ratePlanExists = (ratePlan: RatePlan): RatePlanExists => ({
  __typename: 'RatePlanExistsError',
  message: `A plan named ${ratePlan.name} is there already. Change that one, or take another name.`,
  ratePlan,
});
