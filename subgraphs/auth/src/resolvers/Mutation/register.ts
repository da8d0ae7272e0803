import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const register: NonNullable<MutationResolvers['register']> = (_root, { input }, ctx) => useCases.register(ctx, input);
