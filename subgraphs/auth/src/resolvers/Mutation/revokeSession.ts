import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const revokeSession: NonNullable<MutationResolvers['revokeSession']> = (_root, { input }, ctx) => useCases.revokeSession(ctx, input);
