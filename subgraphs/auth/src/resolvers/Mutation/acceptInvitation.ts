import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const acceptInvitation: NonNullable<MutationResolvers['acceptInvitation']> = (_root, { input }, ctx) => useCases.acceptInvitation(ctx, input);
