import type { WorkflowStepExecutionResolvers } from './../__generated__/types.ts';
import { stepOf } from '../domain/step.ts';

export const WorkflowStepExecution: WorkflowStepExecutionResolvers = {
  step: (row) => stepOf(row),
  approval: ({ id }, _args, ctx) => ctx.load.approvalOfStep.load(id),
};
