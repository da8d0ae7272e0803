import type { PrismaLike, Sql } from '../data/sql.ts';
import type { LogRow } from './outbox-row.ts';

/** How far the log reaches. */
export interface LogRange {
  /** Number of the oldest fact that is kept; 1 while there is none. */
  readonly first: bigint;
  /** Number of the newest fact; 0 while there is none. */
  readonly head: bigint;
}

/** Which facts a reader is after. */
export interface LogQuery {
  readonly subject: string;
  readonly types: readonly string[];
  /** Only facts with a greater number. */
  readonly after: bigint;
  readonly limit: number;
}

/**
 * Numbers the facts that were committed since the last time, in the order of writing. A number is given once, and
 * one that can be seen is greater than all that could be seen before: whoever numbers waits here for whoever did, until
 * theirs is committed. A reader that has seen N has therefore seen everything up to N, though transactions overtake each
 * other between writing and committing.
 *
 * One statement, so that it costs one round trip; in it, the update sees what was committed while the lock was waited for.
 */
export const numberFacts = async (db: Sql): Promise<void> =>
  void (await db.$executeRaw`
    do $$
    begin
      perform pg_advisory_xact_lock(7263904);
      update "OutboxMessage" o set sequence = fresh.sequence
      from (
        select position, row_number() over (order by position) + (select coalesce(max(sequence), 0) from "OutboxMessage") as sequence
        from "OutboxMessage" where sequence is null
      ) fresh
      where o.position = fresh.position;
    end $$`);

const rangeOf = async (db: Sql): Promise<LogRange & { readonly isComplete: boolean }> => {
  const [range] = await db.$queryRaw<[LogRange & { isComplete: boolean }]>`
    select coalesce(min(sequence), 1) as first, coalesce(max(sequence), 0) as head, not exists (select from "OutboxMessage" where sequence is null) as "isComplete"
    from "OutboxMessage"`;
  return range;
};

/** How far the log reaches, with everything in it that was committed before it is asked. */
export const measureLog = async (db: Sql): Promise<LogRange> => {
  const range = await rangeOf(db);
  if (range.isComplete) return range;
  await numberFacts(db);
  return rangeOf(db);
};

/** Facts of the log in their order, and how far it reached at that very moment. */
export const readLog = async (db: Sql, { subject, types, after, limit }: LogQuery): Promise<LogRange & { readonly rows: readonly LogRow[] }> => {
  const found = await db.$queryRaw<(LogRange & (LogRow | { readonly sequence: null }))[]>`
    with reach as (select coalesce(min(sequence), 1) as first, coalesce(max(sequence), 0) as head from "OutboxMessage")
    select reach.*, fact.* from reach left join lateral (
      select sequence, id, type, subject, "organizationId", time, data from "OutboxMessage"
      where subject = ${subject} and type = any(${types}::text[]) and sequence > ${after} order by sequence limit ${limit}::int) fact on true
    order by fact.sequence`;
  const { first, head } = found[0]!;
  return { first, head, rows: found.filter((row) => row.sequence !== null) };
};

/** Facts taken from the log in one go. */
const PRUNED = 5_000;

/**
 * Takes facts from the log that are older than a moment and were sent. Only from its beginning, so that there is no gap
 * in what is kept, and never the newest, from which numbering goes on. Whether there may be more.
 */
export const pruneLog = async (db: PrismaLike, olderThan: Date, limit = PRUNED): Promise<boolean> => {
  const pruned = await db.$executeRaw`
    with reach as (select min(sequence) + ${limit}::int as next, max(sequence) as head from "OutboxMessage")
    delete from "OutboxMessage" where sequence < least(
      (select next from reach),
      (select head from reach),
      (select sequence from "OutboxMessage" where sequence < (select next from reach) and ("sentAt" is null or time >= ${olderThan}) order by sequence limit 1))`;
  return pruned === limit;
};
