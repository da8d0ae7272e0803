import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const decideApproval: NonNullable<MutationResolvers['decideApproval']> = (_root, { input }, ctx) => useCases.decideApproval(ctx, input);
