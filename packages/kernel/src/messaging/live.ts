import type { EventBus, Stop } from './bus.ts';
import type { EventDefinition, Fact } from './define-event.ts';
import { sourceOf } from './define-event.ts';

/** Facts that wait for a slow listener at most; the oldest give way, since each is re-read from the database anyway. */
const BUFFER = 256;

/**
 * Facts of some kinds about one subject, as they happen. Listening has begun when the promise resolves, so whoever then
 * reads the present state misses nothing in between. A plain iterator, not a generator: `return()` of a generator
 * would wait for a fact that may never come.
 */
export const openLive = async <Definition extends EventDefinition>(bus: EventBus, definitions: readonly Definition[], subject: string): Promise<AsyncIterableIterator<Fact<Definition>>> => {
  const names = new Set<string>(definitions.map((definition) => definition.name));
  const waiting: Fact<Definition>[] = [];
  const takers: ((result: IteratorResult<Fact<Definition>>) => void)[] = [];
  let ended = false;

  const hear = (fact: Fact): void => {
    if (ended || !names.has(fact.type)) return;
    const taker = takers.shift();
    if (taker) return taker({ value: fact as Fact<Definition>, done: false });
    waiting.push(fact as Fact<Definition>);
    if (waiting.length > BUFFER) waiting.shift();
  };

  const sources = [...new Set(definitions.map((definition) => sourceOf(definition.name)))];
  const stops: Stop[] = await Promise.all(sources.map((source) => bus.listen(source, subject, hear)));

  const end = async (): Promise<IteratorResult<Fact<Definition>>> => {
    ended = true;
    for (const taker of takers.splice(0)) taker({ value: undefined, done: true });
    await Promise.all(stops.splice(0).map((stop) => stop()));
    return { value: undefined, done: true };
  };

  const iterator: AsyncIterableIterator<Fact<Definition>> = {
    [Symbol.asyncIterator]: () => iterator,
    next: () => {
      const fact = waiting.shift();
      if (fact) return Promise.resolve({ value: fact, done: false });
      if (ended) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve) => takers.push(resolve));
    },
    return: end,
    throw: end,
  };
  return iterator;
};
