import { Problem } from '@buffrsign/kernel/gateway';
import type { FormatError } from '../errors.ts';
import type { StreamCounters } from './counters.ts';
import { createHeads } from './heads.ts';
import type { StreamSettings } from './settings.ts';
import { createMakeEvent, interruption } from './stream-event.ts';
import { createSubscriber, type Sink, type Subscription } from './subscriber.ts';
import { createTopic, type Topic } from './topic.ts';
import { createUpstream, type StreamSource } from './upstream.ts';

/** What somebody subscribes to. */
export interface Wanted {
  /** The same for all whose events are the very same: what is asked, with which variables, and as whom. */
  readonly key: string;
  readonly source: StreamSource;
  /** Where the client was. */
  readonly cursor: string | undefined;
  readonly givesCursors: { known: boolean };
}

export interface Registry {
  subscribe(wanted: Wanted, sink: Sink): Subscription;
  /** Breaks every stream off, with the reason as its last event. */
  breakOff(reason: Problem): void;
}

export interface RegistryOptions {
  readonly settings: StreamSettings;
  readonly counters: StreamCounters;
  readonly formatError: FormatError;
}

interface Entry {
  readonly topic: Topic;
  subscribers: number;
}

const tooSlow = (): Problem => new Problem('STREAM_INTERRUPTED', { message: 'Events came faster than they were read, so this stream was ended. Subscribe again, and read what may have changed meanwhile.' });

/** The topics that have subscribers. */
export const createRegistry = ({ settings, counters, formatError }: RegistryOptions): Registry => {
  const entries = new Map<string, Entry>();
  const heads = createHeads();
  const upstreamParts = { settings, counters, makeEvent: createMakeEvent(formatError) };

  const enter = ({ key, source, givesCursors }: Wanted): Entry => {
    const known = entries.get(key);
    if (known) return known;
    const open = (cursor: string | undefined) => createUpstream(source, cursor, upstreamParts);
    const made = { topic: createTopic({ open, givesCursors, heads, counters, settings, tooSlow: () => interruption(tooSlow(), formatError) }), subscribers: 0 };
    entries.set(key, made);
    return made;
  };

  return {
    subscribe(wanted, sink) {
      const entry = enter(wanted);
      let isOver = false;
      const over = (): void => {
        isOver = true;
        counters.subscribers -= 1;
        entry.subscribers -= 1;
        if (entry.subscribers === 0 && entries.get(wanted.key) === entry) entries.delete(wanted.key);
      };
      const subscriber = createSubscriber(sink, wanted.cursor, counters, over);
      entry.subscribers += 1;
      counters.subscribers += 1;
      entry.topic.join(subscriber);
      return {
        resume() {
          if (isOver) return;
          subscriber.hasRoom = true;
          if (subscriber.feed) subscriber.feed.resume(subscriber);
          else entry.topic.join(subscriber);
        },
        leave() {
          if (isOver) return;
          over();
          subscriber.feed?.remove(subscriber);
        },
      };
    },
    breakOff(reason) {
      const last = interruption(reason, formatError);
      const all = [...entries.values()];
      entries.clear();
      for (const { topic } of all) topic.breakOff(last);
    },
  };
};
