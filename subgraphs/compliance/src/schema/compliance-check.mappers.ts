export type { ComplianceCheck as ComplianceCheckMapper } from '../__generated__/prisma/client.ts';
export type { Evidence as ComplianceEvidenceMapper, RecipientEvidence as RecipientEvidenceMapper } from '../domain/evidence.ts';
export type { StoredResult as ComplianceResultMapper } from '../domain/evaluate.ts';
export type { LevelReached as ComplianceLevelReachedMapper } from '../domain/levels.ts';
export type EnvelopeMapper = { id: string };
export type RecipientMapper = { id: string };
export type UserMapper = { id: string };
