import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const decideVerification: NonNullable<MutationResolvers['decideVerification']> = (_root, { input }, ctx) => useCases.decideVerification(ctx, input);
