import type { Maker } from './maker.ts';
import type { Id } from './people.ts';

interface Subjects {
  readonly userId: string;
  readonly documentId: string;
  readonly completedEnvelopeId: string;
  readonly recipientId: string;
}

/** Nothing can come of it but success, so it is not asked for in the way of other acts. */
export const MAKE_EVIDENCE = 'mutation ($envelopeId: ID!) { evidence: createEvidenceBundle(input: { envelopeId: $envelopeId }) { ... on CreateEvidenceBundleSuccess { evidenceBundle { checkpoint { id } } } } }';

/** What other subgraphs keep about documents, envelopes and recipients. */
export const makeAroundDocuments = async ({ act, read, inner, settled }: Maker, { userId, documentId, completedEnvelopeId: envelopeId, recipientId }: Subjects) => {
  const { analysis } = await act<{ analysis: Id }>('requestAnalysis', { documentId, kind: 'CONTACTS_AND_PARTIES', idempotencyKey: 'analysis' }, 'analysis { id }');
  const steps = [{ name: `Approve ${inner}`, approval: { approverId: userId } }];
  const { template } = await act<{ template: Id }>('createWorkflowTemplate', { name: `Approval ${inner}`, description: `For ${inner}`, steps }, 'template { id }');
  await act('changeWorkflowTemplateStatus', { id: template.id, status: 'ACTIVE' }, 'template { id }');
  const { template: workflowDraft } = await act<{ template: Id }>('createWorkflowTemplate', { name: `Draft ${inner}`, steps }, 'template { id }');
  const { execution } = await act<{ execution: Id }>('startWorkflow', { templateId: template.id, documentId, idempotencyKey: 'of-document' }, 'execution { id }');
  await act('startWorkflow', { templateId: template.id, envelopeId, idempotencyKey: 'of-envelope' }, 'execution { id }');
  const { approval } = await act<{ approval: Id }>('requestApproval', { approverId: userId, envelopeId, message: `Is it right, ${inner}?`, idempotencyKey: 'approval' }, 'approval { id }');
  const { complianceCheck } = await act<{ complianceCheck: Id }>('checkEnvelope', { envelopeId, declaration: { documentType: 'OTHER' } }, 'complianceCheck { id }');
  const person = { personName: `Person ${inner}`, dateOfBirth: '1980-01-01', recipientId };
  const { verification } = await act<{ verification: Id }>('startVerification', { ...person, document: { type: 'SOUTH_AFRICAN_ID_NUMBER', number: '8001015009087' }, idempotencyKey: 'verification' }, 'verification { id }');
  const { verification: undocumented } = await act<{ verification: Id }>('startVerification', { ...person, idempotencyKey: 'no-document' }, 'verification { id }');
  await settled();
  const { evidence: { evidenceBundle } } = await read<{ evidence: { evidenceBundle: { checkpoint: Id } } }>(MAKE_EVIDENCE, { envelopeId });
  await settled();
  type Nodes = { edges: { node: Id }[] };
  const { notifications, auditLog, auditEvents } = await read<{ notifications: Nodes; auditLog: Nodes; auditEvents: Nodes }>(
    'query ($subject: ID!) { notifications { edges { node { id } } } auditLog(filter: { subject: $subject }) { edges { node { id } } } auditEvents(filter: { envelopeId: $subject }) { edges { node { id } } } }',
    { subject: envelopeId },
  );
  return {
    analysisId: analysis.id,
    workflowTemplateId: template.id,
    workflowDraftId: workflowDraft.id,
    workflowExecutionId: execution.id,
    approvalId: approval.id,
    complianceCheckId: complianceCheck.id,
    verificationId: verification.id,
    undocumentedVerificationId: undocumented.id,
    notificationId: notifications.edges[0]!.node.id,
    auditLogEntryId: auditLog.edges[0]!.node.id,
    auditEventId: auditEvents.edges[0]!.node.id,
    auditCheckpointId: evidenceBundle.checkpoint.id,
  };
};
