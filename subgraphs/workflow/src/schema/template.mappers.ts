export type { WorkflowTemplate as WorkflowTemplateMapper } from '../__generated__/prisma/client.ts';
export type { Step as WorkflowStepMapper, ApprovalDefinition as ApprovalStepMapper } from '../domain/step.ts';

export interface UserMapper {
  readonly id: string;
}
