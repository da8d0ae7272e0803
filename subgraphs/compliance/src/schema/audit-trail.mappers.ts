export type { AuditCheckpoint as AuditCheckpointMapper, AuditEvent as AuditEventMapper } from '../__generated__/prisma/client.ts';
export type { PublishedLogKey as AuditLogKeyMapper } from '../services/log-keys.ts';
export type { BuiltBundle as EvidenceBundleMapper } from '../use-cases/index.ts';
export type DocumentMapper = { id: string };
