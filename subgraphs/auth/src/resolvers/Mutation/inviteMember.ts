import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const inviteMember: NonNullable<MutationResolvers['inviteMember']> = (_root, { input }, ctx) => useCases.inviteMember(ctx, input);
