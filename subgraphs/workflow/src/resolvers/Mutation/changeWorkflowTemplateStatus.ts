import type { MutationResolvers } from './../../__generated__/types.ts';
import * as useCases from '../../use-cases/index.ts';

export const changeWorkflowTemplateStatus: NonNullable<MutationResolvers['changeWorkflowTemplateStatus']> = (_root, { input }, ctx) => useCases.changeWorkflowTemplateStatus(ctx, input);
