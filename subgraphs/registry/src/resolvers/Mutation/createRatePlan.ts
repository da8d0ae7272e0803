import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createRatePlan: NonNullable<MutationResolvers['createRatePlan']> = (_root, { input }, ctx) => useCases.createRatePlan(ctx, input);
