import type { WorkflowStepResolvers } from './../__generated__/types.ts';

export const WorkflowStep: WorkflowStepResolvers = {
  kind: ({ definition }) => definition.kind,
  automated: ({ definition }) => (definition.kind === 'AUTOMATED' ? definition : null),
  approval: ({ definition }) => (definition.kind === 'HUMAN_APPROVAL' ? definition : null),
  condition: ({ definition }) => (definition.kind === 'CONDITIONAL' ? definition : null),
};
