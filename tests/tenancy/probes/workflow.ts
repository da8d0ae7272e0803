import { nothing, own, type Table } from './probe.ts';

const key = 'probe';
const asking = (approverId: string) => [{ name: 'Approve', approval: { approverId } }];

export const workflow: Table = {
  'Query.approval': nothing(({ approvalId: id }) => ({ id })),
  'Query.approvals': [own(), own(() => ({ mine: true }))],
  'Query.workflowExecution': nothing(({ workflowExecutionId: id }) => ({ id })),
  'Query.workflowExecutions': [own(), nothing(({ workflowTemplateId: templateId }) => ({ templateId }))],
  'Query.workflowTemplate': nothing(({ workflowTemplateId: id }) => ({ id })),
  'Query.workflowTemplates': own(),
  'Mutation.createWorkflowTemplate': [
    own((_theirs, { userId }) => ({ input: { name: 'Check', steps: asking(userId) } })),
    nothing(({ userId }) => ({ input: { name: 'Check', steps: asking(userId) } }), 'UnknownMemberError'),
  ],
  'Mutation.updateWorkflowTemplate': [
    nothing(({ workflowDraftId: id }) => ({ input: { id, name: 'Nothing' } })),
    nothing(({ userId }, { workflowDraftId: id }) => ({ input: { id, steps: asking(userId) } }), 'UnknownMemberError'),
  ],
  'Mutation.changeWorkflowTemplateStatus': nothing(({ workflowDraftId: id }) => ({ input: { id, status: 'ACTIVE' } })),
  'Mutation.startWorkflow': [
    nothing(({ workflowTemplateId: templateId }, { documentId }) => ({ input: { templateId, documentId, idempotencyKey: key } })),
    nothing(({ documentId }, { workflowTemplateId: templateId }) => ({ input: { templateId, documentId, idempotencyKey: `${key} document` } }), 'UnknownSubjectError'),
    nothing(({ envelopeId }, { workflowTemplateId: templateId }) => ({ input: { templateId, envelopeId, idempotencyKey: `${key} envelope` } }), 'UnknownSubjectError'),
  ],
  'Mutation.pauseWorkflow': nothing(({ workflowExecutionId: id }) => ({ input: { id } })),
  'Mutation.resumeWorkflow': nothing(({ workflowExecutionId: id }) => ({ input: { id } })),
  'Mutation.cancelWorkflow': nothing(({ workflowExecutionId: id }) => ({ input: { id } })),
  'Mutation.requestApproval': [
    nothing(({ documentId }, { userId: approverId }) => ({ input: { approverId, documentId, idempotencyKey: `${key} document` } }), 'UnknownSubjectError'),
    nothing(({ envelopeId }, { userId: approverId }) => ({ input: { approverId, envelopeId, idempotencyKey: `${key} envelope` } }), 'UnknownSubjectError'),
    nothing(({ userId: approverId }, { documentId }) => ({ input: { approverId, documentId, idempotencyKey: `${key} member` } }), 'UnknownMemberError'),
  ],
  'Mutation.decideApproval': nothing(({ approvalId: id }) => ({ input: { id, decision: 'APPROVE', idempotencyKey: key } })),
};
