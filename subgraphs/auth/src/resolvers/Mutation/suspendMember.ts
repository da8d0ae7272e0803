import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const suspendMember: NonNullable<MutationResolvers['suspendMember']> = (_root, { input }, ctx) => useCases.suspendMember(ctx, input);
