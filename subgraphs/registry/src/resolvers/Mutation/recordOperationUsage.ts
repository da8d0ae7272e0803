import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const recordOperationUsage: NonNullable<MutationResolvers['recordOperationUsage']> = (_root, { input }, ctx) => useCases.recordOperationUsage(ctx, input);
