import type { EventBus } from './bus.ts';
import type { Fact } from './define-event.ts';
import { createListeners, topicsOf } from './listeners.ts';

interface Consumer {
  readonly sources: ReadonlySet<string>;
  receive(fact: Fact): Promise<void>;
}

export interface MemoryBus extends EventBus {
  /** Lets facts through: called once every consumer is there, so that none misses what was said while others started. */
  open(): void;
}

/**
 * Carries facts inside one process. A fact counts as published when every consumer has it in its own database. Once a
 * consumer has left, no fact can: it stays in its outbox, or whoever left would miss it when the process is back.
 */
export const createMemoryBus = (): MemoryBus => {
  const consumers = new Set<Consumer>();
  const listeners = createListeners();
  const opened = Promise.withResolvers<void>();
  let left = false;
  const assertComplete = (): void => {
    if (left) throw new Error('The process is stopping: not everybody who listens is there any more.');
  };

  return {
    open: opened.resolve,
    async publish(source, facts) {
      await opened.promise;
      for (const fact of facts) {
        for (const consumer of consumers) {
          if (consumer.sources.has(source)) await consumer.receive(fact);
        }
        assertComplete();
      }
      for (const topic of topicsOf(source, facts)) listeners.tell(topic);
      return 'published';
    },
    restart: () => Promise.resolve(),
    async consume(_consumer, sources, receive) {
      const consumer = { sources: new Set(sources), receive };
      consumers.add(consumer);
      return async () => {
        left = true;
        consumers.delete(consumer);
      };
    },
    listen: async (source, subject, hear) => listeners.add(source, subject, hear),
    ping: () => Promise.resolve(),
    async close() {
      left = true;
      // A relay that waits for the opening must not wait for ever.
      opened.resolve();
    },
  };
};
