/** What this subgraph can do. */
export { checkEnvelope } from './check-envelope.ts';
export { createRetentionPolicy } from './create-retention-policy.ts';
export { deleteRetentionPolicy } from './delete-retention-policy.ts';
export { listComplianceChecks, listComplianceRules, listRetentionPolicies } from './lists.ts';
export { noteCompleted, noteRecipient, noteSent } from './note-envelope.ts';
export { updateRetentionPolicy } from './update-retention-policy.ts';
export { anchorCheckpoint } from './audit/anchor-checkpoint.ts';
export { appendEvent } from './audit/append-event.ts';
export type { BuiltBundle } from './audit/build-bundle.ts';
export { checkpointTrail, checkpointTrails } from './audit/checkpoint-trails.ts';
export { eraseAuditPersonalData } from './audit/erase-personal-data.ts';
export { createEvidenceBundle, readEvidence } from './audit/evidence.ts';
export { listAuditCheckpoints, listAuditEvents } from './audit/lists.ts';
