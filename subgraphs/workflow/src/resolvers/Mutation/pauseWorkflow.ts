import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const pauseWorkflow: NonNullable<MutationResolvers['pauseWorkflow']> = (_root, { input }, ctx) => useCases.pauseWorkflow(ctx, input);
