import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const setConfiguration: NonNullable<MutationResolvers['setConfiguration']> = (_root, { input }, ctx) => useCases.setConfiguration(ctx, input);
