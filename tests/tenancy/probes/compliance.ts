import { common, nothing, openly, own, type Table } from './probe.ts';

export const compliance: Table = {
  'Query.auditCheckpoint': nothing(({ auditCheckpointId: id }) => ({ id })),
  'Query.auditCheckpoints': own(),
  'Query.auditEvent': nothing(({ auditEventId: id }) => ({ id })),
  'Query.auditEvents': [
    own(),
    nothing(({ completedEnvelopeId: envelopeId }) => ({ filter: { envelopeId } })),
    nothing(({ documentId }) => ({ filter: { documentId } })),
  ],
  'Query.auditLogKeys': openly(common()),
  'Query.complianceCheck': nothing(({ complianceCheckId: id }) => ({ id })),
  'Query.complianceChecks': own(),
  'Query.complianceRules': common(),
  'Query.retentionPolicies': own(),
  'Query.retentionPolicy': nothing(({ retentionPolicyId: id }) => ({ id })),
  'Mutation.createEvidenceBundle': nothing(({ completedEnvelopeId: envelopeId }) => ({ input: { envelopeId } })),
  'Mutation.eraseAuditPersonalData': nothing(({ signerId: subjectId }) => ({ input: { subjectId } })),
  'Mutation.checkEnvelope': nothing(({ completedEnvelopeId: envelopeId }) => ({ input: { envelopeId } })),
  'Mutation.createRetentionPolicy': own(() => ({ input: { documentType: 'letter', retainForMonths: 12, basis: 'Decided' } })),
  'Mutation.updateRetentionPolicy': nothing(({ retentionPolicyId: id }) => ({ input: { id, retainForMonths: 1 } })),
  'Mutation.deleteRetentionPolicy': nothing(({ retentionPolicyId: id }) => ({ input: { id } })),
};
