import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const deleteDashboard: NonNullable<MutationResolvers['deleteDashboard']> = (_root, { input }, ctx) => useCases.deleteDashboard(ctx, input);
