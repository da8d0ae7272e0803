import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const requestPasswordReset: NonNullable<MutationResolvers['requestPasswordReset']> = (_root, { input }, ctx) => useCases.requestPasswordReset(ctx, input);
