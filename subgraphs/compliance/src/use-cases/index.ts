/** What this subgraph can do. */
export { checkEnvelope } from './check-envelope.ts';
export { createRetentionPolicy } from './create-retention-policy.ts';
export { deleteRetentionPolicy } from './delete-retention-policy.ts';
export { listComplianceChecks, listComplianceRules, listRetentionPolicies } from './lists.ts';
export { noteCompleted, noteRecipient, noteSent } from './note-envelope.ts';
export { updateRetentionPolicy } from './update-retention-policy.ts';
