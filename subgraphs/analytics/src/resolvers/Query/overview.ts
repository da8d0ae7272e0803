import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const overview: NonNullable<QueryResolvers['overview']> = (_root, args, ctx) => useCases.computeOverview(ctx, args);
