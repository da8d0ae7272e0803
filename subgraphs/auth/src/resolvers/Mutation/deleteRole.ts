import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const deleteRole: NonNullable<MutationResolvers['deleteRole']> = (_root, { input }, ctx) => useCases.deleteRole(ctx, input);
