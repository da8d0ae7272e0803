import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const requestApproval: NonNullable<MutationResolvers['requestApproval']> = (_root, { input }, ctx) => useCases.requestApproval(ctx, input);
