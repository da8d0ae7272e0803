import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const reactivateMember: NonNullable<MutationResolvers['reactivateMember']> = (_root, { input }, ctx) => useCases.reactivateMember(ctx, input);
