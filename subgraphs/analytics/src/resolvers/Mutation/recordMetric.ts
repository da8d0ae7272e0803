import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const recordMetric: NonNullable<MutationResolvers['recordMetric']> = (_root, { input }, ctx) => useCases.recordMetric(ctx, input);
