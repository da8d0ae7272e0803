import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const metrics: NonNullable<QueryResolvers['metrics']> = (_root, _args, ctx) => useCases.listMetrics(ctx);
