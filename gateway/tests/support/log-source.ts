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
  const byRoom = new Map<string, Row[]>();
  const readers = new Set<Reader>();
  const waiting = new Map<() => void, string>();
  const opened: (string | undefined)[] = [];
  let kept = 0n;
  let refusal: (() => Problem) | undefined;
  let unreadable: (() => Problem) | undefined;
  let gate: Promise<void> = Promise.resolve();

  const head = (): bigint => rows.at(-1)?.sequence ?? 0n;
  const wake = (room?: string): void => {
    for (const [each, of] of [...waiting]) {
      if (room !== undefined && room !== of) continue;
      waiting.delete(each);
      each();
    }
  };
  const inRoom = (room: string): readonly Row[] => byRoom.get(room) ?? [];

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
            return { done: false, value: { kind: 'SNAPSHOT', room, n: inRoom(room).length, cursor: cursorAt((last = head())) } };
          }
          const row = inRoom(room)[inRoom(room).findLastIndex(({ sequence }) => sequence <= last) + 1];
          if (row) return { done: false, value: { kind: 'FACT', room, n: row.n, cursor: cursorAt((last = row.sequence)) } };
          await new Promise<void>((resolve) => waiting.set(resolve, room));
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
      const row = { sequence: head() + 1n, room, n: inRoom(room).length + 1 };
      rows.push(row);
      byRoom.set(room, [...inRoom(room), row]);
      wake(room);
    },
    /** Breaks all ways to it. */
    cut: () => [...readers].forEach((reader) => reader.cut()),
    /** Ends all streams as a source does whose subject is at its end. */
    finish: () => [...readers].forEach((reader) => void reader.return!()),
    /** Forgets all rows, as if they were older than what is kept. */
    expire: () => void (kept = head()),
    /** Goes back to the first rows, as a database does that was restored. */
    restore(count: number): void {
      rows.splice(count);
      for (const [room, all] of byRoom) byRoom.set(room, all.filter((row) => rows.includes(row)));
    },
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
    /** From now on an event that is read fails with this; with nothing, none does. */
    hide: (problem: (() => Problem) | undefined): void => void (unreadable = problem),
    show<Value>(value: Value): Value {
      if (unreadable) throw unreadable();
      return value;
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
