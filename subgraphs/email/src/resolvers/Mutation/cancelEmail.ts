import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const cancelEmail: NonNullable<MutationResolvers['cancelEmail']> = (_root, { input }, ctx) => useCases.cancelEmail(ctx, input.id);
