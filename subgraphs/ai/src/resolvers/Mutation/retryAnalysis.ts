import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const retryAnalysis: NonNullable<MutationResolvers['retryAnalysis']> = (_root, { input }, ctx) => useCases.retryAnalysis(ctx, input);
