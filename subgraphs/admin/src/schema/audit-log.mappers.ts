export type { AuditLogEntry as AuditLogEntryMapper } from '../__generated__/prisma/client.ts';
export interface DocumentMapper {
  readonly id: string;
}
export interface EnvelopeMapper {
  readonly id: string;
}
