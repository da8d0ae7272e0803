import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const updateWorkflowTemplate: NonNullable<MutationResolvers['updateWorkflowTemplate']> = (_root, { input }, ctx) => useCases.updateWorkflowTemplate(ctx, input);
