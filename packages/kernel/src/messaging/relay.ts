import type { Logger } from '../runtime/logger.ts';
import type { Part } from '../runtime/lifecycle.ts';
import type { PrismaLike, Sql } from '../data/sql.ts';
import type { EventBus } from './bus.ts';
import { numberFacts } from './log.ts';
import { factOf, type LogRow } from './outbox-row.ts';

/** Facts said in one go. */
const BATCH = 100;
/** Picks up what another process committed and did not live to say. */
const POLL_MS = 15_000;
const RETRY_MS = 1_000;
/** One relay at a time speaks for a subgraph, so that facts leave in the order of the log. */
const RELAY_LOCK = 7_263_902;

/** What came of a batch; `more`: it was full, so there may be another; `busy`: another relay speaks. */
type Outcome = 'done' | 'more' | 'busy' | 'log-lost';

export interface Relay extends Part {
  /** Says that something was committed. */
  kick(): void;
}

/**
 * Carries facts from the outbox to the bus, after they were committed, at least once. A fact gets its number in the log
 * first, in a commit of its own: said again, it still has it. It is marked as sent only when the bus cannot lose it any
 * more; whoever starts next goes on where this one ended.
 */
export const createRelay = (options: { source: string; db: PrismaLike; bus: EventBus; now: () => Date; log: Logger }): Relay => {
  const { source, db, bus, now, log } = options;
  let wanted = false;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;

  const sendBatch = (): Promise<Outcome> =>
    db.$transaction(
      async (transaction) => {
        const tx: Sql = transaction;
        const [lock] = await tx.$queryRaw<{ ours: boolean }[]>`select pg_try_advisory_xact_lock(${RELAY_LOCK}::bigint) as ours`;
        if (!lock?.ours) return 'busy';
        // By `sentAt` first, though all have none: so Postgres reads them as the index has them, however many were sent before.
        const rows = await tx.$queryRaw<LogRow[]>`
          select sequence, id, type, subject, "organizationId", time, data from "OutboxMessage"
          where "sentAt" is null and sequence is not null order by "sentAt", sequence limit ${BATCH}::int`;
        if (rows.length === 0) return 'done';
        const outcome = await bus.publish(source, rows.map((row) => factOf(source, row)));
        if (outcome === 'log-lost') {
          await tx.$executeRaw`update "OutboxMessage" set "sentAt" = null where "sentAt" is not null`;
          return 'log-lost';
        }
        await tx.$executeRaw`update "OutboxMessage" set "sentAt" = ${now()} where sequence = any(${rows.map((row) => row.sequence)}::bigint[])`;
        return rows.length === BATCH ? 'more' : 'done';
      },
      { maxWait: 10_000, timeout: 60_000 },
    );

  /** Numbers and sends what there is. */
  const send = async (): Promise<Outcome> => {
    await numberFacts(db);
    const outcome = await sendBatch();
    // Only once everything is committed as unsent: ended before this, the bus still says that its log is lost.
    if (outcome === 'log-lost') await bus.restart(source);
    return outcome;
  };

  const drain = async (): Promise<void> => {
    let delay = POLL_MS;
    try {
      while (wanted && !stopped) {
        wanted = false;
        const outcome = await send();
        if (outcome === 'more' || outcome === 'log-lost') wanted = true;
        // The other may have looked before this fact was there.
        delay = outcome === 'busy' ? RETRY_MS : POLL_MS;
      }
    } catch (error) {
      if (!stopped) log.warn({ err: error }, 'facts wait in the outbox; trying again');
      delay = RETRY_MS;
    }
    running = undefined;
    if (stopped) return;
    clearTimeout(timer);
    if (wanted) return kick();
    timer = setTimeout(kick, delay);
  };

  const kick = (): void => {
    wanted = true;
    if (stopped || running) return;
    running = drain();
  };

  return {
    name: 'relay',
    kick,
    async start() {
      stopped = false;
      kick();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
};
