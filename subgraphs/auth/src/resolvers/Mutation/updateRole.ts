import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateRole: NonNullable<MutationResolvers['updateRole']> = (_root, { input }, ctx) => useCases.updateRole(ctx, input);
