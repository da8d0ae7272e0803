import type { Sql } from '../data/sql.ts';
import { Problem } from '../errors/problem.ts';
import { readCursor, writeCursor } from '../gateway/cursor.ts';
import type { Logger } from '../runtime/logger.ts';
import { createStream, type Stream } from '../runtime/stream.ts';
import type { EventBus } from './bus.ts';
import { sourceOf, type EventDefinition, type Fact } from './define-event.ts';
import { measureLog, readLog, type LogRange } from './log.ts';
import { factOf, type LogRow } from './outbox-row.ts';

/** A fact read from the log, with the place from which its reader goes on. */
export type LiveFact<Definition extends EventDefinition = EventDefinition> = Fact<Definition> & { readonly cursor: string };

/** Facts about one subject, from a place in the log on, for as long as they are listened to. */
export type Live<Definition extends EventDefinition = EventDefinition> = Stream<LiveFact<Definition>> & {
  /** Where it begins. */
  readonly cursor: string;
  /** Whether some of its facts had happened before it was opened, as they may have from a cursor on. */
  readonly isBehind: boolean;
};

export interface LiveOptions<Definition extends EventDefinition> {
  /** The subgraph whose log is read. */
  readonly source: string;
  readonly db: Sql;
  readonly bus: EventBus;
  readonly log: Logger;
  readonly events: readonly Definition[];
  readonly subject: string;
  /** From where a reader goes on that was here before; without it, from now. */
  readonly cursor: string | undefined;
  /** Looked again after this time without a hint, should one have been lost: a minute. */
  readonly lookMs?: number;
}

/** Facts read in one go. What was not taken yet stays in the log: a slow reader costs no memory. */
const BATCH = 50;
const LOOK_MS = 60_000;
const RETRY_MS = 1_000;

/** Where a reader begins. @throws Problem CURSOR_INVALID, CURSOR_EXPIRED */
const startOf = (source: string, cursor: string | undefined, { first, head }: LogRange): bigint => {
  if (cursor === undefined) return head;
  const read = readCursor(cursor);
  if (read?.source !== source || read.sequence > head) throw new Problem('CURSOR_INVALID');
  if (read.sequence < first - 1n) throw new Problem('CURSOR_EXPIRED');
  return read.sequence;
};

/** Waits for a hint; one that came since the last wait counts. */
const createHints = () => {
  let hinted = false;
  let wake: (() => void) | undefined;
  return {
    hint(): void {
      hinted = true;
      wake?.();
    },
    /** What is looked at from here on has seen what was hinted before. */
    forget(): void {
      hinted = false;
    },
    async wait(ms: number): Promise<void> {
      if (hinted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      const timer = setTimeout(resolve, ms).unref();
      await promise;
      clearTimeout(timer);
      wake = undefined;
    },
  };
};

/** Rows of the log one by one, waiting where there are none yet, until `hasEnded`. */
const createReader = ({ db, log, subject, events, lookMs = LOOK_MS }: LiveOptions<EventDefinition>, start: bigint, hints: ReturnType<typeof createHints>, hasEnded: () => boolean) => {
  const types = events.map((event) => event.name);
  const ready: LogRow[] = [];
  let seen = start;

  const look = async (): Promise<void> => {
    hints.forget();
    const { first, head, rows } = await readLog(db, { subject, types, after: seen, limit: BATCH });
    // Whoever stood still for so long that facts behind them were let go cannot know whether they missed any.
    if (seen < first - 1n) throw new Problem('CURSOR_EXPIRED');
    ready.push(...rows);
    seen = rows.length < BATCH ? head : rows.at(-1)!.sequence;
  };

  /** As `look`, and later again where the database does not answer: for whoever listens that is a pause, not the end. */
  const lookOrPause = async (): Promise<number> => {
    try {
      await look();
      return lookMs;
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (!hasEnded()) log.warn({ err: error }, 'the log of facts could not be read; trying again');
      return RETRY_MS;
    }
  };

  return {
    look,
    isBehind: () => ready.length > 0,
    async next(): Promise<LogRow | undefined> {
      while (!hasEnded()) {
        const row = ready.shift();
        if (row) return row;
        const pause = await lookOrPause();
        if (ready.length === 0) await hints.wait(pause);
      }
      return undefined;
    },
  };
};

/**
 * Reads facts of some kinds about one subject from the log of this subgraph: each once, in the order of the log, none
 * left out. The bus only says when it is worth looking. Everything that was committed before the promise resolves lies
 * before the beginning, or is told from a cursor.
 *
 * @throws Problem CURSOR_INVALID when the cursor is none of this log, CURSOR_EXPIRED when what came after it is not kept;
 * the latter also of `next`, when a reader takes so long that what it has not taken is no longer kept
 */
export const openLive = async <Definition extends EventDefinition>(options: LiveOptions<Definition>): Promise<Live<Definition>> => {
  const { source, db, bus, log, events, subject, cursor } = options;
  const foreign = events.find((event) => sourceOf(event.name) !== source);
  if (foreign) throw new Error(`${source} cannot follow ${foreign.name} live: it is in another subgraph's log.`);

  let ended = false;
  const hints = createHints();
  const stop = await bus.listen(source, subject, hints.hint);
  try {
    const start = startOf(source, cursor, await measureLog(db));
    const reader = createReader(options, start, hints, () => ended);
    if (cursor !== undefined) await reader.look();
    const stream = createStream<LiveFact<Definition>>({
      async next() {
        const row = await reader.next();
        if (!row) return { value: undefined, done: true };
        return { value: { ...(factOf(source, row) as Fact<Definition>), cursor: writeCursor({ source, sequence: row.sequence }) }, done: false };
      },
      async end() {
        ended = true;
        hints.hint();
        // Not waited for: a bus that is away must keep nobody here.
        stop().catch((error: unknown) => log.debug({ err: error }, 'the bus could not be told that nobody listens any more'));
      },
    });
    return { ...stream, cursor: writeCursor({ source, sequence: start }), isBehind: reader.isBehind() };
  } catch (error) {
    await stop();
    throw error;
  }
};
