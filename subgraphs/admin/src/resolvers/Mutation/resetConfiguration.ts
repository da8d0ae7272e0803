import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const resetConfiguration: NonNullable<MutationResolvers['resetConfiguration']> = (_root, { input }, ctx) => useCases.resetConfiguration(ctx, input);
