/** What this subgraph can do. */
export { advanceExecution } from './advance-execution.ts';
export { cancelWorkflow, pauseWorkflow, resumeWorkflow } from './steer-execution.ts';
export { changeWorkflowTemplateStatus } from './change-template-status.ts';
export { createWorkflowTemplate } from './create-template.ts';
export { decideApproval } from './decide-approval.ts';
export { expireApproval } from './expire-approval.ts';
export { forgetDocument, noteDocument, noteEnvelope, noteMember } from './keep-copies.ts';
export { listApprovals, listExecutions, listExecutionsOf, listTemplates } from './lists.ts';
export { requestApproval } from './request-approval.ts';
export { startTriggered } from './start-execution.ts';
export { startWorkflow } from './start-workflow.ts';
export { updateWorkflowTemplate } from './update-template.ts';
export { wakeStep } from './wake-step.ts';
