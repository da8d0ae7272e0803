import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const metric: NonNullable<QueryResolvers['metric']> = (_root, { name }, ctx) => useCases.findMetric(ctx, name);
