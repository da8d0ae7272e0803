import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const takeVerification: NonNullable<MutationResolvers['takeVerification']> = (_root, { input }, ctx) => useCases.takeVerification(ctx, input);
