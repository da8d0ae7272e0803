import type { AuditLogEntryResolvers } from './../__generated__/types.ts';

export const AuditLogEntry: AuditLogEntryResolvers = {
  __resolveReference: ({ id }, ctx) => ctx.load.auditLogEntry.load(id),
  actor: ({ actorId }) => (actorId === null ? null : { id: actorId }),
  document: ({ subject }) => (subject.startsWith('doc_') ? { id: subject } : null),
  envelope: ({ subject }) => (subject.startsWith('env_') ? { id: subject } : null),
};
