import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const changeMemberRole: NonNullable<MutationResolvers['changeMemberRole']> = (_root, { input }, ctx) => useCases.changeMemberRole(ctx, input);
