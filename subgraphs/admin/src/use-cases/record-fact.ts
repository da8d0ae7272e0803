import { newId, type Fact } from '@buffrsign/kernel';
import type { Work } from '../context.ts';

/** A fact in words: what happened, and who did it, by account or by name. */
export interface Told {
  readonly summary: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
}

/** Writes a fact into the audit log. */
export const recordFact = async (tx: Work, fact: Fact, told: Told): Promise<void> => {
  const { id: factId, type, subject, organizationid: organizationId, time } = fact;
  await tx.db.auditLogEntry.create({ data: { id: newId('aud'), organizationId, factId, type, subject, ...told, occurredAt: new Date(time) } });
};
