/** Events between a socket that brings them and a reader that takes them. */
export interface EventQueue<Event> {
  push(event: Event): void;
  /** Ends the queue after what is in it. */
  end(): void;
  /** The reader sees the error after what is in the queue. */
  fail(error: unknown): void;
  readonly events: AsyncIterableIterator<Event, undefined>;
}

/**
 * A queue for one reader. `overflow` is called, and nothing more is taken, when the reader stays `most` events behind:
 * a slow client must not fill the memory.
 */
export const createEventQueue = <Event>(most: number, hooks: { overflow(): unknown; left(): void }): EventQueue<Event> => {
  const waiting: Event[] = [];
  let outcome: { error?: unknown } | undefined;
  let wake: (() => void) | undefined;

  const settle = (as: { error?: unknown }): void => {
    outcome ??= as;
    wake?.();
  };

  const next = async (): Promise<IteratorResult<Event, undefined>> => {
    while (waiting.length === 0) {
      if (outcome) {
        const { error } = outcome;
        outcome = {};
        if (error !== undefined) throw error;
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
    return { done: false, value: waiting.shift() as Event };
  };

  return {
    push(event) {
      if (outcome) return;
      if (waiting.length >= most) return settle({ error: hooks.overflow() });
      waiting.push(event);
      wake?.();
    },
    end: () => settle({}),
    fail: (error) => settle({ error }),
    events: {
      [Symbol.asyncIterator]() {
        return this;
      },
      next,
      async return() {
        waiting.length = 0;
        settle({});
        hooks.left();
        return { done: true, value: undefined };
      },
    },
  };
};
