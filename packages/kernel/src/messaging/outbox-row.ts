import type { Fact } from './define-event.ts';

/** A fact as it lies in the outbox. */
export interface OutboxRow {
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly organizationId: string;
  readonly time: Date;
  readonly data: unknown;
}

/** The fact of a row, as it leaves. */
export const factOf = (source: string, row: OutboxRow): Fact => ({
  specversion: '1.0',
  id: row.id,
  source,
  type: row.type,
  subject: row.subject,
  organizationid: row.organizationId,
  time: row.time.toISOString(),
  data: row.data,
});
