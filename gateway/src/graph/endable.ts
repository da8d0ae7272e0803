import type { Stream } from '../subscriptions/mapped-stream.ts';

/** A stream that can be ended from here, with a last item that its reader still gets. */
export interface Endable<Item> extends Stream<Item> {
  end(last: Item): void;
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** `ended` is called once, when the stream is over, for whatever reason. */
export const endable = <Item>(inner: Stream<Item>, ended: () => void): Endable<Item> => {
  let over = false;
  let last: IteratorYieldResult<Item> | undefined;
  let release: ((result: IteratorResult<Item, undefined>) => void) | undefined;

  const finish = (): void => {
    if (over) return;
    over = true;
    ended();
  };

  const leave = (): void => {
    if (over) return;
    void inner.return().catch(() => undefined);
    finish();
  };

  const takeLast = (): IteratorResult<Item, undefined> => {
    const result = last ?? done;
    last = undefined;
    return result;
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      over
        ? Promise.resolve(takeLast())
        : new Promise((resolve, reject) => {
            release = resolve;
            inner.next().then(
              (result) => {
                // What comes after the end is not delivered: the last item said already how to come by it.
                if (over) return;
                if (result.done) finish();
                resolve(result);
              },
              (error: unknown) => (finish(), reject(error)),
            );
          }),
    async return() {
      leave();
      last = undefined;
      release?.(done);
      return done;
    },
    end(item) {
      if (over) return;
      last = { done: false, value: item };
      const waiting = release;
      leave();
      waiting?.(takeLast());
    },
  };
};
