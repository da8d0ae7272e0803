import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const revokeInvitation: NonNullable<MutationResolvers['revokeInvitation']> = (_root, { input }, ctx) => useCases.revokeInvitation(ctx, input);
