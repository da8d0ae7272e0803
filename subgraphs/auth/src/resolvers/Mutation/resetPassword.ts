import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const resetPassword: NonNullable<MutationResolvers['resetPassword']> = (_root, { input }, ctx) => useCases.resetPassword(ctx, input);
