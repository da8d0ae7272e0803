import type { WorkflowExecutionResolvers } from './../__generated__/types.ts';
import { documentOf, envelopeOf, required, userOf } from './references.ts';

export const WorkflowExecution: WorkflowExecutionResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.execution.load(id),
  template: ({ templateId }, _args, ctx) => required(ctx.load.template.load(templateId)),
  document: ({ subjectId }) => documentOf(subjectId),
  envelope: ({ subjectId }) => envelopeOf(subjectId),
  steps: ({ id }, _args, ctx) => ctx.load.stepsOfExecution.load(id),
  startedBy: ({ startedById }) => userOf(startedById),
};
