/** What becomes of a source: each item mapped, an error turned into a last item. */
export interface Mapping<In, Out> {
  map(item: In): Promise<Out>;
  failed(error: unknown): Out;
  /** Called once, when the stream is over, for whatever reason. */
  ended(): void;
}

export type Stream<Out> = AsyncIterableIterator<Out, undefined> & { return(): Promise<IteratorReturnResult<undefined>> };

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Maps a stream for one reader. Made by hand and not as a generator: a generator's `return()` waits for the next item,
 * so a reader that leaves a quiet stream would never be let go.
 */
export const mapStream = <In, Out>(source: AsyncIterable<In>, mapping: Mapping<In, Out>): Stream<Out> => {
  const items = source[Symbol.asyncIterator]();
  let over = false;
  let release: ((result: IteratorResult<Out, undefined>) => void) | undefined;

  const end = (): void => {
    if (over) return;
    over = true;
    void Promise.resolve(items.return?.()).catch(() => undefined);
    mapping.ended();
  };

  const pull = async (): Promise<IteratorResult<Out, undefined>> => {
    try {
      const item = await items.next();
      if (!item.done) return { done: false, value: await mapping.map(item.value) };
      end();
      return done;
    } catch (error) {
      if (over) return done;
      // Ending tells everybody, this stream too; its reader still gets the reason.
      release = undefined;
      end();
      return { done: false, value: mapping.failed(error) };
    }
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      over
        ? Promise.resolve(done)
        : new Promise((resolve) => {
            release = resolve;
            void pull().then(resolve);
          }),
    return: async () => {
      end();
      release?.(done);
      return done;
    },
  };
};
