import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateDashboard: NonNullable<MutationResolvers['updateDashboard']> = (_root, { input }, ctx) => useCases.updateDashboard(ctx, input);
