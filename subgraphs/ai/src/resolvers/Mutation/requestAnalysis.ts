import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const requestAnalysis: NonNullable<MutationResolvers['requestAnalysis']> = (_root, { input }, ctx) => useCases.requestAnalysis(ctx, input);
