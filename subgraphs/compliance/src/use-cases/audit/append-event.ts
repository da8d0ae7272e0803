import { newId } from '@buffrsign/kernel';
import { appendedNodes, canonicalJson, hashEvent, newSalt, planAppend, type AuditEvent, type Json } from '@buffrsign/transparency';
import type { Tx } from '../../context.ts';
import type { AuditedKind } from '../../domain/audit/audited-kind.ts';
import { placeEvent, prepareEvent, type Place, type PreparedEvent, type Told } from '../../domain/audit/event-of-fact.ts';
import { checkpointTrailTask } from '../../tasks/definitions.ts';
import { asAuditWriter } from './as-writer.ts';
import { lockTrail } from './lock-trail.ts';
import { readNodes } from './nodes.ts';

interface LastRow {
  readonly of: 'trail' | 'thread';
  readonly number: number;
  readonly hash: string;
}

/** Where the next event stands. Right for as long as the trail is locked. */
const nextPlace = async (tx: Tx, organizationId: string, threadId: string): Promise<Place> => {
  const rows = await tx.sql.$queryRaw<LastRow[]>`
    (select 'trail' as of, sequence as number, hash from "AuditEvent" where "organizationId" = ${organizationId} order by sequence desc limit 1)
    union all
    (select 'thread', "threadNumber", hash from "AuditEvent" where "organizationId" = ${organizationId} and "threadId" = ${threadId} order by "threadNumber" desc limit 1)`;
  const after = (of: LastRow['of']) => rows.find((row) => row.of === of);
  const [trail, thread] = [after('trail'), after('thread')];
  return { sequence: trail ? trail.number + 1 : 0, previous: trail?.hash ?? null, thread: { number: thread ? thread.number + 1 : 0, previous: thread?.hash ?? null } };
};

const rowOf = (event: AuditEvent, hash: string, { occurredAt, factId }: Told, recordedAt: Date) => ({
  id: newId('ade'),
  organizationId: event.organization,
  sequence: event.sequence,
  threadId: event.thread.id,
  threadNumber: event.thread.number,
  kind: event.kind,
  occurredAt,
  recordedAt,
  factId,
  envelopeId: event.about['envelope'] ?? null,
  documentId: event.about['document'] ?? null,
  recipientId: event.about['recipient'] ?? null,
  userId: event.about['user'] ?? null,
  content: canonicalJson(event as Json),
  hash,
});

const write = async (tx: Tx, prepared: PreparedEvent, told: Told): Promise<void> => {
  const { organizationId } = told;
  const event = placeEvent(prepared, await nextPlace(tx, organizationId, prepared.threadId), tx.now);
  const { hash, leafHash } = hashEvent(event);
  const row = rowOf(event, hash, told, tx.now);
  const read = await readNodes(tx.db, organizationId, planAppend(event.sequence));
  const nodes = appendedNodes(event.sequence, leafHash, read);
  await tx.db.auditEvent.createMany({ data: row });
  await tx.db.auditNode.createMany({ data: nodes.map(({ level, index, hash: node }) => ({ organizationId, level, index, hash: Uint8Array.from(node) })) });
  const personal = prepared.personal.map(({ subject, salt, data }) => ({ eventId: row.id, subject, organizationId, salt: Uint8Array.from(salt), data: canonicalJson(data) }));
  if (personal.length > 0) await tx.db.auditPersonalData.createMany({ data: personal });
};

/**
 * Appends what was told to the trail of its organization: event, tree and personal data in the transaction that takes the
 * fact in, so that a fact is in the trail once or will be told again. One appends at a time; numbers have no gap, for a
 * transaction that fails leaves none behind.
 */
export const appendEvent = async (tx: Tx, kind: AuditedKind, told: Told): Promise<void> => {
  const prepared = prepareEvent(kind, told, newSalt);
  await lockTrail(tx, told.organizationId);
  await asAuditWriter(tx, () => write(tx, prepared, told));
  if (kind.checkpoint) await tx.enqueue(checkpointTrailTask, { organizationId: told.organizationId }, { key: `checkpoint:${told.organizationId}` });
};
