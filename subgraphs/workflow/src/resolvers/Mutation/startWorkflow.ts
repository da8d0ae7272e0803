import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const startWorkflow: NonNullable<MutationResolvers['startWorkflow']> = (_root, { input }, ctx) => useCases.startWorkflow(ctx, input);
