import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const logout: NonNullable<MutationResolvers['logout']> = (_root, { input }, ctx) => useCases.logout(ctx, input);
