import type { Sink } from 'graphql-ws';

/** What a sink would be given, for one reader of an iterator. Leaving the loop unsubscribes. */
export const iterate = <Item>(subscribe: (sink: Sink<Item>) => () => void): AsyncIterableIterator<Item, undefined> => {
  const waiting: Item[] = [];
  let outcome: { error?: unknown } | undefined;
  let wake = (): void => undefined;
  const settle = (as: { error?: unknown }): void => {
    outcome ??= as;
    wake();
  };
  const unsubscribe = subscribe({
    next: (item) => {
      waiting.push(item);
      wake();
    },
    error: (error) => settle({ error }),
    complete: () => settle({}),
  });
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    waiting.length = 0;
    settle({});
    unsubscribe();
    return { done: true, value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (waiting.length === 0) {
        if (outcome && 'error' in outcome) {
          const { error } = outcome;
          outcome = {};
          throw error;
        }
        if (outcome) return { done: true, value: undefined };
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return { done: false, value: waiting.shift()! };
    },
    return: end,
  };
};
