import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const startVerification: NonNullable<MutationResolvers['startVerification']> = (_root, { input }, ctx) => useCases.startVerification(ctx, input);
