/** A stream for one reader; `return()` ends it at once, also while the reader waits for what may never come. */
export type Stream<Value> = AsyncIterableIterator<Value, undefined> & { return(): Promise<IteratorReturnResult<undefined>> };

const DONE: IteratorReturnResult<undefined> = { value: undefined, done: true };

/**
 * A stream of what `next` gives, asked for one at a time; `end` is called once, when it is over, for whatever reason. Not
 * a generator: `return()` of one waits for the value that it is about to give.
 */
export const createStream = <Value>({ next, end }: { next(): Promise<IteratorResult<Value, undefined>>; end(): Promise<unknown> }): Stream<Value> => {
  let over: Promise<unknown> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let release: (() => void) | undefined;

  const finish = async (): Promise<IteratorReturnResult<undefined>> => {
    over ??= end();
    release?.();
    await over;
    return DONE;
  };

  const take = async (): Promise<IteratorResult<Value, undefined>> => {
    if (over) return DONE;
    const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<Value, undefined>>();
    release = () => resolve(DONE);
    next().then(resolve, reject);
    try {
      const result = await promise;
      return result.done ? await finish() : result;
    } catch (error) {
      await finish();
      throw error;
    }
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      const mine = turn.then(take);
      turn = mine.catch(() => undefined);
      return mine;
    },
    return: finish,
  };
};

export interface Mapping<To> {
  /** Ends the stream, and its source, when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Whether nothing is to come after this value. */
  isLast?(value: To): boolean;
  /** What an error becomes: the last value. Without it, the reader is thrown the error. */
  failed?(error: unknown): To;
}

/** Maps a stream; `return()` and an abort reach the source at once, also while it has nothing to say. */
export const mapStream = <From, To>(source: AsyncIterable<From>, map: (value: From) => Promise<To>, { signal, isLast, failed }: Mapping<To> = {}): Stream<To> => {
  const values = source[Symbol.asyncIterator]();
  let wasLast = false;

  const take = async (): Promise<{ readonly value: To; readonly isLast: boolean } | undefined> => {
    try {
      const taken = await values.next();
      if (taken.done) return undefined;
      const value = await map(taken.value);
      return { value, isLast: isLast?.(value) ?? false };
    } catch (error) {
      if (!failed) throw error;
      return { value: failed(error), isLast: true };
    }
  };
  const next = async (): Promise<IteratorResult<To, undefined>> => {
    const taken = wasLast ? undefined : await take();
    if (!taken) return DONE;
    wasLast = taken.isLast;
    return { value: taken.value, done: false };
  };

  const onAbort = (): void => void stream.return();
  const stream = createStream({
    next,
    async end() {
      signal?.removeEventListener('abort', onAbort);
      await values.return?.();
    },
  });
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  return stream;
};

/** A stream with a value before its first. */
export const startWith = <Value>(first: Value, rest: AsyncIterable<Value>): Stream<Value> => {
  const values = rest[Symbol.asyncIterator]();
  let begun = false;
  return createStream<Value>({
    async next() {
      if (begun) {
        const { value, done } = await values.next();
        return done ? DONE : { value: value as Value, done: false };
      }
      begun = true;
      return { value: first, done: false };
    },
    end: async () => values.return?.(),
  });
};
