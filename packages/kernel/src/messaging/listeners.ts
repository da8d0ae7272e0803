import type { Stop } from './bus.ts';
import type { Fact } from './define-event.ts';

type Hear = () => void;

const topicOf = (source: string, subject: string): string => `${source}:${subject}`;

/** What facts of a source are about, each once: who listens need not be told of each fact. */
export const topicsOf = (source: string, facts: readonly Fact[]): ReadonlySet<string> => new Set(facts.map(({ subject }) => topicOf(source, subject)));

/**
 * Who listens to what in this process, counted: `onFirst` when a topic gets its first listener, `onLast` when the last
 * one leaves, and never while another is still there.
 */
export const createListeners = (hooks: { onFirst?(topic: string): Promise<void>; onLast?(topic: string): Promise<void> } = {}) => {
  const topics = new Map<string, Set<Hear>>();
  const tell = (topic: string): void => topics.get(topic)?.forEach((hear) => hear());
  return {
    async add(source: string, subject: string, hear: Hear): Promise<Stop> {
      const topic = topicOf(source, subject);
      const present = topics.get(topic);
      if (present) present.add(hear);
      else topics.set(topic, new Set([hear]));
      // Also for those who come while the first is still on its way: nobody is told "listening" too early.
      await hooks.onFirst?.(topic);
      return async () => {
        const set = topics.get(topic);
        if (!set?.delete(hear) || set.size > 0) return;
        topics.delete(topic);
        await hooks.onLast?.(topic);
      };
    },
    tell,
    tellAll: (): void => [...topics.keys()].forEach(tell),
    has: (topic: string): boolean => topics.has(topic),
    topics: (): readonly string[] => [...topics.keys()],
  };
};
