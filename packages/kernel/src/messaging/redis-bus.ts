import { Redis } from 'ioredis';
import { hostname } from 'node:os';
import type { Logger } from '../runtime/logger.ts';
import type { EventBus, Stop } from './bus.ts';
import type { Fact } from './define-event.ts';
import { createListeners, topicOf } from './listeners.ts';

/** Facts kept in a stream at most, about; the database keeps them all. */
const STREAM_LENGTH = 100_000;
const READ_COUNT = 50;
const BLOCK_MS = 2_000;
/** A fact that a consumer took and did not finish in this time is given to another. */
const ABANDONED_MS = 30_000;

type StreamEntry = [id: string, fields: string[]];
type StreamReply = [stream: string, entries: StreamEntry[]][] | null;

const factOf = ([, fields]: StreamEntry): Fact => JSON.parse(fields[1]!) as Fact;
const isNoGroup = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOGROUP');

/**
 * Carries facts over Redis: one stream a source (consumer groups, acknowledged after the consumer has committed), and
 * pub/sub for open subscriptions. `prefix` keeps platforms that share a Redis apart.
 */
export const createRedisBus = (options: { url: string; prefix: string; log: Logger }): EventBus => {
  const { url, prefix, log } = options;
  /** Readers wait for Redis for as long as it takes; who publishes is told at once, and tries again later. */
  const connect = (maxRetriesPerRequest: number | null = null) => {
    const redis = new Redis(url, { maxRetriesPerRequest });
    redis.on('error', (error) => log.warn({ err: error }, 'Redis does not answer; trying again'));
    return redis;
  };
  const commands = connect(1);
  const subscriber = connect();
  const readers = new Set<Redis>();
  const streamOf = (source: string) => `${prefix}:facts:${source}`;
  /** Says that Redis still has what it was told. Gone with everything else when Redis comes back empty. */
  const markerOf = (source: string) => `${prefix}:log:${source}`;
  const channelOf = (topic: string) => `${prefix}:live:${topic}`;
  const listeners = createListeners({
    onFirst: async (topic) => void (await subscriber.subscribe(channelOf(topic))),
    // Somebody may have come while the last one left.
    onLast: async (topic) => void (listeners.has(topic) || (await subscriber.unsubscribe(channelOf(topic)))),
  });
  subscriber.on('message', (_channel: string, message: string) => listeners.tell(JSON.parse(message) as Fact));

  const ensureGroup = async (source: string, group: string): Promise<void> => {
    await commands.xgroup('CREATE', streamOf(source), group, '0', 'MKSTREAM').catch((error: Error) => {
      if (!error.message.startsWith('BUSYGROUP')) throw error;
    });
  };

  const consumeLoop = async (reader: Redis, group: string, sources: readonly string[], receive: (fact: Fact) => Promise<void>, stopped: () => boolean): Promise<void> => {
    const me = `${hostname()}-${process.pid}`;
    const streams = sources.map(streamOf);
    const take = async (stream: string, entries: readonly StreamEntry[]) => {
      for (const entry of entries) {
        await receive(factOf(entry));
        await commands.xack(stream, group, entry[0]);
      }
    };
    let sweepAt = 0;
    while (!stopped()) {
      try {
        if (performance.now() >= sweepAt) {
          for (const stream of streams) {
            const [, entries] = (await commands.xautoclaim(stream, group, me, ABANDONED_MS, '0', 'COUNT', READ_COUNT)) as [string, StreamEntry[]];
            await take(stream, entries);
          }
          sweepAt = performance.now() + ABANDONED_MS;
        }
        const reply = (await reader.xreadgroup('GROUP', group, me, 'COUNT', READ_COUNT, 'BLOCK', BLOCK_MS, 'STREAMS', ...streams, ...streams.map(() => '>'))) as StreamReply;
        for (const [stream, entries] of reply ?? []) await take(stream, entries);
      } catch (error) {
        if (stopped()) return;
        if (isNoGroup(error)) await Promise.all(sources.map((source) => ensureGroup(source, group))).catch(() => undefined);
        else log.warn({ err: error, group }, 'facts could not be taken; trying again');
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  };

  return {
    async publish(source, facts) {
      if (!(await commands.exists(markerOf(source)))) return 'log-lost';
      for (const fact of facts) {
        const message = JSON.stringify(fact);
        await commands.xadd(streamOf(source), 'MAXLEN', '~', STREAM_LENGTH, '*', 'fact', message);
        await commands.publish(channelOf(topicOf(source, fact.subject)), message);
      }
      return 'published';
    },
    async restart(source) {
      await commands.set(markerOf(source), '1');
    },
    async consume(consumer, sources, receive): Promise<Stop> {
      if (sources.length === 0) return async () => undefined;
      await Promise.all(sources.map((source) => ensureGroup(source, consumer)));
      const reader = connect();
      readers.add(reader);
      let stopped = false;
      const loop = consumeLoop(reader, consumer, sources, receive, () => stopped);
      return async () => {
        stopped = true;
        reader.disconnect();
        readers.delete(reader);
        await loop;
      };
    },
    listen: (source, subject, hear) => listeners.add(source, subject, hear),
    async close() {
      for (const redis of [...readers, subscriber, commands]) redis.disconnect();
    },
  };
};
