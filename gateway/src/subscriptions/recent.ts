import type { Cursor } from '@buffrsign/kernel/gateway';
import type { StreamEvent } from './stream-event.ts';

/** The last events of a stream, numbered from 0 as they came, and how far the stream has come. */
export interface Recent {
  /** Number of the oldest event that is still here. */
  readonly start: number;
  /** Number that the next event will have. */
  readonly end: number;
  /** That of the last event, or else where the stream was opened. */
  readonly position: Cursor | undefined;
  /** Whether an event said where it stands: only then is it sure that the source took its cursor. */
  readonly isProven: boolean;
  /** Whether all that comes after this position is here or still to come. */
  holds(position: Cursor): boolean;
  /** Keeps an event, and of those before it as many as may be kept; fewer where `atMost` says so. */
  add(event: StreamEvent, atMost?: number): void;
  /** An event between `start` and `end`. */
  at(index: number): StreamEvent;
  /** Number of the first event that comes after this position; the oldest where there is none. */
  indexAfter(position: Cursor | undefined): number;
}

/** `from`: where the stream was opened, when that was at a position. */
export const createRecent = (most: { readonly keptEvents: number; readonly keptCharacters: number }, from?: Cursor): Recent => {
  const events: StreamEvent[] = [];
  let [start, characters, isProven, position] = [0, 0, false, from];
  /** Every event after this sequence is here or still to come. */
  let since = from?.sequence;

  const forgetOldest = (): void => {
    const oldest = events.shift()!;
    start += 1;
    characters -= oldest.json.length;
    since = oldest.position?.sequence ?? since;
  };

  const isAfter = (event: StreamEvent, sequence: bigint): boolean => event.position === undefined || event.position.sequence > sequence;

  return {
    get start() {
      return start;
    },
    get end() {
      return start + events.length;
    },
    get position() {
      return position;
    },
    get isProven() {
      return isProven;
    },
    holds: ({ source, sequence }) => since !== undefined && source === position?.source && since <= sequence,
    add(event, atMost = most.keptEvents) {
      events.push(event);
      characters += event.json.length;
      if (event.position) {
        isProven = true;
        position = event.position;
        since ??= event.position.sequence;
      }
      while (events.length > 1 && (events.length > atMost || characters > most.keptCharacters)) forgetOldest();
    },
    at: (index) => events[index - start]!,
    indexAfter(after) {
      if (!after) return start;
      // From the end: who comes back has mostly missed little.
      let index = events.length;
      while (index > 0 && isAfter(events[index - 1]!, after.sequence)) index -= 1;
      return start + index;
    },
  };
};
