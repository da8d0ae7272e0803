import type { Redis } from 'ioredis';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../runtime/logger.ts';
import type { Stop } from './bus.ts';
import type { Fact } from './define-event.ts';

const READ_COUNT = 50;
const BLOCK_MS = 2_000;
/** A fact that a consumer took and did not finish in this time is given to another. */
const ABANDONED_MS = 30_000;
const RETRY_MS = 250;

/** Without fields when the stream has let go of an entry that somebody still had to take. */
type StreamEntry = [id: string, fields: string[] | null];
type StreamReply = [stream: string, entries: StreamEntry[]][] | null;

const factOf = (fields: string[]): Fact => JSON.parse(fields[1]!) as Fact;
const isNoGroup = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOGROUP');

export interface RedisConsumerOptions {
  /** Blocks while it reads: a connection of its own. */
  readonly reader: Redis;
  readonly commands: Redis;
  readonly group: string;
  readonly streams: readonly string[];
  receive(fact: Fact): Promise<void>;
  readonly log: Logger;
}

/** Makes the group that remembers what a consumer has had, from the beginning of the stream. */
const ensureGroups = (commands: Redis, group: string, streams: readonly string[]): Promise<unknown> =>
  Promise.all(
    streams.map((stream) =>
      commands.xgroup('CREATE', stream, group, '0', 'MKSTREAM').catch((error: Error) => {
        if (!error.message.startsWith('BUSYGROUP')) throw error;
      }),
    ),
  );

/** Reads streams as one member of a consumer group. A fact is acknowledged after `receive`, so at least once. */
export const consumeStreams = async ({ reader, commands, group, streams, receive, log }: RedisConsumerOptions): Promise<Stop> => {
  const me = `${hostname()}-${process.pid}`;
  let stopped = false;
  let sweepAt = 0;
  /** Whether this member may have been given facts that it did not finish. */
  let behind = true;

  const take = async (stream: string, entries: readonly StreamEntry[]): Promise<void> => {
    for (const [id, fields] of entries) {
      if (fields) await receive(factOf(fields));
      await commands.xack(stream, group, id);
    }
  };

  const takeAbandoned = async (): Promise<void> => {
    for (const stream of streams) {
      const [, entries] = (await commands.xautoclaim(stream, group, me, ABANDONED_MS, '0', 'COUNT', READ_COUNT)) as [string, StreamEntry[]];
      await take(stream, entries);
    }
    sweepAt = performance.now() + ABANDONED_MS;
  };

  const takeFrom = async (position: '0' | '>'): Promise<number> => {
    const reply = (await reader.xreadgroup('GROUP', group, me, 'COUNT', READ_COUNT, 'BLOCK', BLOCK_MS, 'STREAMS', ...streams, ...streams.map(() => position))) as StreamReply;
    for (const [stream, entries] of reply ?? []) await take(stream, entries);
    return (reply ?? []).reduce((count, [, entries]) => count + entries.length, 0);
  };

  /** What was begun before what is new: facts of one subject come in their order, also after a failure. */
  const takeNext = async (): Promise<void> => {
    if (behind) behind = (await takeFrom('0')) > 0;
    else await takeFrom('>');
  };

  const loop = async (): Promise<void> => {
    while (!stopped) {
      try {
        if (performance.now() >= sweepAt) await takeAbandoned();
        await takeNext();
      } catch (error) {
        if (stopped) return;
        behind = true;
        // Redis came back empty: the group has to be made again, and will be told everything.
        if (isNoGroup(error)) await ensureGroups(commands, group, streams).catch(() => undefined);
        else log.warn({ err: error, group }, 'facts could not be taken; trying again');
        await pause(RETRY_MS);
      }
    }
  };

  await ensureGroups(commands, group, streams);
  const running = loop();
  return async () => {
    stopped = true;
    reader.disconnect();
    await running;
  };
};
