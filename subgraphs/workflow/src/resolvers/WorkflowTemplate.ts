import type { WorkflowTemplateResolvers } from './../__generated__/types.ts';
import { stepOf } from '../domain/step.ts';
import { userOf } from './references.ts';

export const WorkflowTemplate: WorkflowTemplateResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.template.load(id),
  steps: async ({ id }, _args, ctx) => (await ctx.load.stepsOfTemplate.load(id)).map(stepOf),
  createdBy: ({ createdById }) => userOf(createdById),
};
