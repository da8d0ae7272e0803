import { BUNDLE_FORMAT, BUNDLE_VERSION, eventModel, formatBundle, planInclusion, resolvePlan, type BundledPersonal, type EvidenceBundle } from '@buffrsign/transparency';
import { createHash } from 'node:crypto';
import type { AuditAnchor, AuditCheckpoint, AuditEvent, AuditPersonalData } from '../../__generated__/prisma/client.ts';
import type { Database } from '../../database.ts';
import type { Services } from '../../services.ts';
import { readNodes } from './nodes.ts';

/** Evidence of an envelope, ready to be handed out. */
export interface BuiltBundle {
  readonly content: string;
  readonly sha256: string;
  readonly filename: string;
  readonly checkpoint: AuditCheckpoint;
}

type Source = { readonly db: Database; readonly services: Services };

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * The checkpoint to prove by: the first with a timestamp that covers every event of the thread, or else the first that
 * covers them, or else the newest that covers some.
 */
const checkpointFor = async (db: Database, organizationId: string, envelopeId: string): Promise<AuditCheckpoint | undefined> => {
  const [checkpoint] = await db.$queryRaw<AuditCheckpoint[]>`
    with thread as (select min(sequence) as first, max(sequence) as last from "AuditEvent" where "organizationId" = ${organizationId} and "threadId" = ${envelopeId})
    select c.* from thread, "AuditCheckpoint" c left join "AuditAnchor" a on a."checkpointId" = c.id
    where c."organizationId" = ${organizationId} and c.size > thread.first
    order by c.size > thread.last desc, a."checkpointId" is not null desc, case when c.size > thread.last then c.size else -c.size end
    limit 1`;
  return checkpoint;
};

/** The whole thread of the envelope, and where its document came from. */
const eventsOf = (db: Database, { organizationId, size }: AuditCheckpoint, envelopeId: string): Promise<AuditEvent[]> =>
  db.$queryRaw<AuditEvent[]>`
    select e.* from "AuditEvent" e
    where e."organizationId" = ${organizationId} and e.sequence < ${size}
      and (e."threadId" = ${envelopeId}
        or (jsonb_array_length(e.content::jsonb -> 'files') > 0 and e."threadId" in (
          select t."documentId" from "AuditEvent" t where t."organizationId" = ${organizationId} and t."threadId" = ${envelopeId} and t."documentId" is not null)))
    order by e.sequence`;

const personalOf = (rows: readonly AuditPersonalData[], subjects: readonly string[]): BundledPersonal[] =>
  subjects.map((subject) => {
    const row = rows.find((one) => one.subject === subject);
    return row ? { subject, salt: Buffer.from(row.salt).toString('hex'), data: JSON.parse(row.data) as Record<string, never> } : { subject, erased: true };
  });

const bundledEvents = async (db: Database, { organizationId, size }: AuditCheckpoint, rows: readonly AuditEvent[]): Promise<EvidenceBundle['events']> => {
  const plans = rows.map(({ sequence }) => planInclusion(sequence, size));
  const [read, personal] = [await readNodes(db, organizationId, plans.flatMap(({ nodes }) => nodes)), await db.auditPersonalData.findMany({ where: { eventId: { in: rows.map(({ id }) => id) } } })];
  const byEvent = Map.groupBy(personal, ({ eventId }) => eventId);
  return rows.map(({ id, content }, index) => {
    const event = eventModel.parse(JSON.parse(content));
    return { event, proof: resolvePlan(plans[index]!, read).map(base64), personal: personalOf(byEvent.get(id) ?? [], event.personal.map(({ subject }) => subject)) };
  });
};

const anchorOf = (anchor: AuditAnchor | null): EvidenceBundle['checkpoint']['anchor'] => anchor && { token: base64(anchor.token), time: anchor.time.toISOString(), authority: anchor.authority };

const filesOf = (events: EvidenceBundle['events']): EvidenceBundle['files'] => {
  const files = events.flatMap(({ event }) => event.files);
  return [...new Map(files.map((file) => [`${file.role} ${file.sha256}`, file])).values()];
};

/**
 * The evidence of an envelope, as far as a checkpoint covers it; null while none does. The same checkpoint, and the same
 * personal data not yet erased, give the same bytes.
 */
export const buildBundle = async ({ db, services }: Source, organizationId: string, envelopeId: string): Promise<BuiltBundle | null> => {
  const checkpoint = await checkpointFor(db, organizationId, envelopeId);
  if (!checkpoint) return null;
  const events = await bundledEvents(db, checkpoint, await eventsOf(db, checkpoint, envelopeId));
  const anchor = await db.auditAnchor.findUnique({ where: { checkpointId: checkpoint.id } });
  const content = formatBundle({
    format: BUNDLE_FORMAT,
    version: BUNDLE_VERSION,
    createdAt: checkpoint.createdAt.toISOString(),
    organization: organizationId,
    envelope: envelopeId,
    files: filesOf(events),
    events,
    checkpoint: { note: checkpoint.note, anchor: anchorOf(anchor) },
    logKeys: (await services.logKeys.published()).map(({ verifierKey }) => verifierKey),
    certificates: services.timestamps.certificates.map(base64),
  });
  return { content, sha256: createHash('sha256').update(content).digest('hex'), filename: `${envelopeId}.evidence.json`, checkpoint };
};
