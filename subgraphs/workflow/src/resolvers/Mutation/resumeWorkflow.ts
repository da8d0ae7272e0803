import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const resumeWorkflow: NonNullable<MutationResolvers['resumeWorkflow']> = (_root, { input }, ctx) => useCases.resumeWorkflow(ctx, input);
