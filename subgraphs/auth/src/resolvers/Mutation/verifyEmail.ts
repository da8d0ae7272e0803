import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const verifyEmail: NonNullable<MutationResolvers['verifyEmail']> = (_root, { input }, ctx) => useCases.verifyEmail(ctx, input);
