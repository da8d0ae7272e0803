import type { StreamEvent } from './stream-event.ts';

/** The last events of a stream, numbered from 0 as they came. */
export interface Recent {
  /** Number of the oldest event that is still here. */
  readonly start: number;
  /** Number that the next event will have. */
  readonly end: number;
  /** Every event after this sequence is here or still to come. Nothing as long as no position is known. */
  readonly since: bigint | undefined;
  add(event: StreamEvent): void;
  /** An event between `start` and `end`. */
  at(index: number): StreamEvent;
  /** Number of the first event that comes after this sequence. */
  indexAfter(sequence: bigint): number;
}

/** `since`: where the stream was opened, when that was at a position. */
export const createRecent = (most: { readonly keptEvents: number; readonly keptCharacters: number }, since?: bigint): Recent => {
  const events: StreamEvent[] = [];
  let [start, characters, covered] = [0, 0, since];

  const forgetOldest = (): void => {
    const oldest = events.shift()!;
    start += 1;
    characters -= oldest.json.length;
    covered = oldest.position?.sequence ?? covered;
  };

  return {
    get start() {
      return start;
    },
    get end() {
      return start + events.length;
    },
    get since() {
      return covered;
    },
    add(event) {
      events.push(event);
      characters += event.json.length;
      covered ??= event.position?.sequence;
      while (events.length > 1 && (events.length > most.keptEvents || characters > most.keptCharacters)) forgetOldest();
    },
    at: (index) => events[index - start]!,
    indexAfter(sequence) {
      // From the end: who comes back has mostly missed little.
      let after = events.length;
      while (after > 0 && (events[after - 1]!.position?.sequence ?? sequence + 1n) > sequence) after -= 1;
      return start + after;
    },
  };
};
