import type { EventBus } from './bus.ts';
import type { Fact } from './define-event.ts';
import { createListeners } from './listeners.ts';

interface Consumer {
  readonly sources: ReadonlySet<string>;
  receive(fact: Fact): Promise<void>;
}

export interface MemoryBus extends EventBus {
  /** Lets facts through: called once every consumer is there, so that none misses what was said while others started. */
  open(): void;
}

/** Carries facts inside one process. A fact counts as published when every consumer has it in its own database. */
export const createMemoryBus = (): MemoryBus => {
  const consumers = new Set<Consumer>();
  const listeners = createListeners();
  const opened = Promise.withResolvers<void>();

  return {
    open: opened.resolve,
    async publish(source, facts) {
      await opened.promise;
      for (const fact of facts) {
        for (const consumer of consumers) {
          if (consumer.sources.has(source)) await consumer.receive(fact);
        }
        listeners.tell(fact);
      }
      return 'published';
    },
    restart: () => Promise.resolve(),
    async consume(_consumer, sources, receive) {
      const consumer = { sources: new Set(sources), receive };
      consumers.add(consumer);
      return async () => void consumers.delete(consumer);
    },
    listen: async (source, subject, hear) => listeners.add(source, subject, hear),
    async close() {
      // A relay that waits for the opening must not wait for ever.
      opened.resolve();
      consumers.clear();
    },
  };
};
