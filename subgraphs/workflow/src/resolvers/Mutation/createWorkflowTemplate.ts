import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const createWorkflowTemplate: NonNullable<MutationResolvers['createWorkflowTemplate']> = (_root, { input }, ctx) => useCases.createWorkflowTemplate(ctx, input);
