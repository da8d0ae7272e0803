import type { Fact } from './define-event.ts';

/** A fact as it lies in the outbox. */
export interface OutboxRow {
  /** Its number in the log; none until a relay has seen it committed. */
  readonly sequence: bigint | null;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly organizationId: string;
  readonly time: Date;
  readonly data: unknown;
}

/** A fact that has its place in the log. */
export interface LogRow extends OutboxRow {
  readonly sequence: bigint;
}

/** Digits of the greatest number that there can be: numbers of one width sort as texts as they do as numbers. */
const DIGITS = 19;

/** The fact of a row, as it leaves. */
export const factOf = (source: string, row: OutboxRow): Fact => ({
  specversion: '1.0',
  id: row.id,
  source,
  type: row.type,
  subject: row.subject,
  organizationid: row.organizationId,
  time: row.time.toISOString(),
  ...(row.sequence !== null && { sequence: String(row.sequence).padStart(DIGITS, '0') }),
  data: row.data,
});
