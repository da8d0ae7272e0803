import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const defineMetric: NonNullable<MutationResolvers['defineMetric']> = (_root, { input }, ctx) => useCases.defineMetric(ctx, input);
