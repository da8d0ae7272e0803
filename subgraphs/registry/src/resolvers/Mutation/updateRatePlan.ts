import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateRatePlan: NonNullable<MutationResolvers['updateRatePlan']> = (_root, { input }, ctx) => useCases.updateRatePlan(ctx, input);
