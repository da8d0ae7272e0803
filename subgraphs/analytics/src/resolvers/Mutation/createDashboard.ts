import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createDashboard: NonNullable<MutationResolvers['createDashboard']> = (_root, { input }, ctx) => useCases.createDashboard(ctx, input);
