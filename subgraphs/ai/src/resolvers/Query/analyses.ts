import type { QueryResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const analyses: NonNullable<QueryResolvers['analyses']> = (_root, args, ctx) => useCases.listAnalyses(ctx, args);
