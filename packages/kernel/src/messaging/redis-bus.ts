import { Redis } from 'ioredis';
import type { Logger } from '../runtime/logger.ts';
import type { EventBus } from './bus.ts';
import { createListeners, topicsOf } from './listeners.ts';
import { consumeStreams } from './redis-consumer.ts';

/** Facts kept in a stream at most, about; the database of their source keeps them for longer. */
const STREAM_LENGTH = 100_000;

/**
 * Carries facts over Redis: one stream a source (consumer groups, acknowledged after the consumer has committed), and
 * pub/sub for hints to open subscriptions. `prefix` keeps platforms that share a Redis apart.
 */
export const createRedisBus = (options: { url: string; prefix: string; log: Logger }): EventBus => {
  const { url, prefix, log } = options;
  const connections = new Set<Redis>();
  /** Readers wait for Redis for as long as it takes; who publishes is told at once, and tries again later. */
  const connect = (maxRetriesPerRequest: number | null = null): Redis => {
    const redis = new Redis(url, { maxRetriesPerRequest, autoResubscribe: false });
    redis.on('error', (error) => log.warn({ err: error }, 'Redis does not answer; trying again'));
    connections.add(redis);
    return redis;
  };
  const commands = connect(1);
  const subscriber = connect();
  const streamOf = (source: string) => `${prefix}:facts:${source}`;
  /** Says that Redis still has what it was told. Gone with everything else when Redis comes back empty. */
  const markerOf = (source: string) => `${prefix}:log:${source}`;
  const channelOf = (topic: string) => `${prefix}:hint:${topic}`;
  const listeners = createListeners({
    onFirst: async (topic) => void (await subscriber.subscribe(channelOf(topic))),
    // Somebody may have come while the last one left.
    onLast: async (topic) => void (listeners.has(topic) || (await subscriber.unsubscribe(channelOf(topic)))),
  });
  subscriber.on('message', (_channel: string, topic: string) => listeners.tell(topic));
  /** After the connection was lost: subscribed again first, then everybody looks for what was said meanwhile. */
  const listenAgain = async (): Promise<void> => {
    const topics = listeners.topics();
    if (topics.length > 0) await subscriber.subscribe(...topics.map(channelOf));
    listeners.tellAll();
  };
  let wasConnected = false;
  subscriber.on('ready', () => {
    if (wasConnected) listenAgain().catch((error: unknown) => log.debug({ err: error }, 'the connection was lost again before anybody could listen'));
    wasConnected = true;
  });

  return {
    async publish(source, facts) {
      if (!(await commands.exists(markerOf(source)))) return 'log-lost';
      for (const fact of facts) await commands.xadd(streamOf(source), 'MAXLEN', '~', STREAM_LENGTH, '*', 'fact', JSON.stringify(fact));
      for (const topic of topicsOf(source, facts)) await commands.publish(channelOf(topic), topic);
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
