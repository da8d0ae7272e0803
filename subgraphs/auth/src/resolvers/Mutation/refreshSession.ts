import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const refreshSession: NonNullable<MutationResolvers['refreshSession']> = (_root, { input }, ctx) => useCases.refreshSession(ctx, input);
