import { common, nothing, own, type Table } from './probe.ts';

export const compliance: Table = {
  'Query.complianceCheck': nothing(({ complianceCheckId: id }) => ({ id })),
  'Query.complianceChecks': own(),
  'Query.complianceRules': common(),
  'Query.retentionPolicies': own(),
  'Query.retentionPolicy': nothing(({ retentionPolicyId: id }) => ({ id })),
  'Mutation.checkEnvelope': nothing(({ completedEnvelopeId: envelopeId }) => ({ input: { envelopeId } })),
  'Mutation.createRetentionPolicy': own(() => ({ input: { documentType: 'letter', retainForMonths: 12, basis: 'Decided' } })),
  'Mutation.updateRetentionPolicy': nothing(({ retentionPolicyId: id }) => ({ input: { id, retainForMonths: 1 } })),
  'Mutation.deleteRetentionPolicy': nothing(({ retentionPolicyId: id }) => ({ input: { id } })),
};
