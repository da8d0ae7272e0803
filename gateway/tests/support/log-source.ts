import { readCursor, writeCursor, type Problem } from '@buffrsign/kernel/gateway';

/** A fact of the log, or with `n` the number of facts so far, how things stand. */
export interface Tick {
  readonly kind: 'SNAPSHOT' | 'FACT';
  readonly room: string;
  /** The number of the fact in its room, from 1. */
  readonly n: number;
  readonly cursor: string;
}

interface Row {
  readonly sequence: bigint;
  readonly room: string;
  readonly n: number;
}

type Reader = AsyncIterableIterator<Tick, undefined> & { cut(): void };

const SOURCE = 'ticks';

/** A kept log as a subgraph has it: it numbers facts of many rooms, and is read from a cursor or from its head. */
export const createLog = () => {
  const rows: Row[] = [];
  const readers = new Set<Reader>();
  const waiting = new Set<() => void>();
  const opened: (string | undefined)[] = [];
  let kept = 0n;
  let refusal: (() => Problem) | undefined;
  let gate: Promise<void> = Promise.resolve();

  const head = (): bigint => rows.at(-1)?.sequence ?? 0n;
  const wake = (): void => {
    for (const each of [...waiting]) each();
    waiting.clear();
  };
  const countIn = (room: string): number => rows.filter((row) => row.room === room).length;

  const read = (room: string, cursor: string | undefined, snapshot: boolean): Reader => {
    opened.push(cursor);
    let last = cursor === undefined ? head() : readCursor(cursor)!.sequence;
    let begun = cursor !== undefined || !snapshot;
    let state: 'open' | 'over' | 'cut' = 'open';
    const stop = (as: 'over' | 'cut') => (): void => {
      if (state === 'open') state = as;
      readers.delete(reader);
      wake();
    };
    const reader: Reader = {
      [Symbol.asyncIterator]: () => reader,
      async next() {
        for (;;) {
          await gate;
          if (state === 'over') return { done: true, value: undefined };
          if (state === 'cut') throw new Error('The way to the log broke.');
          if (refusal) throw refusal();
          const cursorAt = (sequence: bigint): string => writeCursor({ source: SOURCE, sequence });
          if (!begun) {
            begun = true;
            return { done: false, value: { kind: 'SNAPSHOT', room, n: countIn(room), cursor: cursorAt((last = head())) } };
          }
          const row = rows.find((each) => each.room === room && each.sequence > last);
          if (row) return { done: false, value: { kind: 'FACT', room, n: row.n, cursor: cursorAt((last = row.sequence)) } };
          await new Promise<void>((resolve) => waiting.add(resolve));
        }
      },
      async return() {
        stop('over')();
        return { done: true, value: undefined };
      },
      cut: stop('cut'),
    };
    readers.add(reader);
    return reader;
  };

  return {
    read,
    readers: () => readers.size,
    /** The cursors with which it was opened, in order. */
    opened,
    write(room: string): void {
      rows.push({ sequence: head() + 1n, room, n: countIn(room) + 1 });
      wake();
    },
    /** Breaks all ways to it. */
    cut: () => [...readers].forEach((reader) => reader.cut()),
    /** Ends all streams as a source does whose subject is at its end. */
    finish: () => [...readers].forEach((reader) => void reader.return!()),
    /** Forgets all rows, as if they were older than what is kept. */
    expire: () => void (kept = head()),
    /** Goes back to the first rows, as a database does that was restored. */
    restore: (count: number) => void rows.splice(count),
    verdictOn(cursor: string | undefined): 'CURSOR_INVALID' | 'CURSOR_EXPIRED' | undefined {
      if (cursor === undefined) return undefined;
      const position = readCursor(cursor);
      if (position?.source !== SOURCE || position.sequence > head()) return 'CURSOR_INVALID';
      return position.sequence < kept ? 'CURSOR_EXPIRED' : undefined;
    },
    /** From now on every read fails with this; with nothing, none does. */
    refuse: (problem: (() => Problem) | undefined): void => {
      refusal = problem;
      wake();
    },
    /** Holds all reads back until the function that is returned is called. */
    hold: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
};

export type Log = ReturnType<typeof createLog>;
