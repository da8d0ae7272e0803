import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateProfile: NonNullable<MutationResolvers['updateProfile']> = (_root, { input }, ctx) => useCases.updateProfile(ctx, input);
