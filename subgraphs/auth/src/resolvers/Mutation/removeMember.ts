import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const removeMember: NonNullable<MutationResolvers['removeMember']> = (_root, { input }, ctx) => useCases.removeMember(ctx, input);
