import { Redis } from 'ioredis';
import type { Logger } from '../runtime/logger.ts';
import type { EventBus } from './bus.ts';
import type { Fact } from './define-event.ts';
import { createListeners, topicOf } from './listeners.ts';
import { consumeStreams } from './redis-consumer.ts';

/** Facts kept in a stream at most, about; the database keeps them all. */
const STREAM_LENGTH = 100_000;

/**
 * Carries facts over Redis: one stream a source (consumer groups, acknowledged after the consumer has committed), and
 * pub/sub for open subscriptions. `prefix` keeps platforms that share a Redis apart.
 */
export const createRedisBus = (options: { url: string; prefix: string; log: Logger }): EventBus => {
  const { url, prefix, log } = options;
  const connections = new Set<Redis>();
  /** Readers wait for Redis for as long as it takes; who publishes is told at once, and tries again later. */
  const connect = (maxRetriesPerRequest: number | null = null): Redis => {
    const redis = new Redis(url, { maxRetriesPerRequest });
    redis.on('error', (error) => log.warn({ err: error }, 'Redis does not answer; trying again'));
    connections.add(redis);
    return redis;
  };
  const commands = connect(1);
  const subscriber = connect();
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
    restart: async (source) => void (await commands.set(markerOf(source), '1')),
    async consume(consumer, sources, receive) {
      if (sources.length === 0) return async () => undefined;
      const reader = connect();
      const stop = await consumeStreams({ reader, commands, group: consumer, streams: sources.map(streamOf), receive, log });
      return async () => {
        connections.delete(reader);
        await stop();
      };
    },
    listen: (source, subject, hear) => listeners.add(source, subject, hear),
    ping: async () => void (await commands.ping()),
    async close() {
      for (const redis of connections) redis.disconnect();
    },
  };
};
