import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const cancelWorkflow: NonNullable<MutationResolvers['cancelWorkflow']> = (_root, { input }, ctx) => useCases.cancelWorkflow(ctx, input);
