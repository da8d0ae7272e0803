import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { EventBus } from '../src/messaging/bus.ts';
import type { Fact } from '../src/messaging/define-event.ts';
import { createMemoryBus } from '../src/messaging/memory-bus.ts';
import { createRedisBus } from '../src/messaging/redis-bus.ts';
import { createLogger } from '../src/runtime/logger.ts';
import { until } from '../src/testing/until.ts';
import { openWay } from '../src/testing/way.ts';

const redisUrl = process.env['REDIS_URL'];
const log = createLogger('bus', 'silent');
const opened: EventBus[] = [];
afterEach(async () => {
  for (const bus of opened.splice(0)) await bus.close();
});

const memory = (): EventBus => {
  const bus = createMemoryBus();
  bus.open();
  opened.push(bus);
  return bus;
};

const redis = async (prefix = `test-${randomBytes(4).toString('hex')}`, url = redisUrl!): Promise<EventBus> => {
  const bus = createRedisBus({ url, prefix, log });
  opened.push(bus);
  await bus.restart('things');
  return bus;
};

const fact = (id: string, subject = 'thing_1', source = 'things'): Fact => ({ specversion: '1.0', id, source, type: `${source}.made.v1`, subject, organizationid: 'org_1', time: '2026-01-01T00:00:00.000Z', data: { id } });

const contract = (name: string, open: () => EventBus | Promise<EventBus>, available = true) =>
  describe.skipIf(!available)(name, () => {
    test('gives every fact of a source to every consumer of it, in order', async () => {
      const bus = await open();
      const had: Record<string, string[]> = { a: [], b: [] };
      for (const consumer of ['a', 'b']) await bus.consume(consumer, ['things'], async ({ id }) => void had[consumer]!.push(id));
      expect(await bus.publish('things', [fact('1'), fact('2'), fact('3')])).toBe('published');
      await until('both to have all', () => had['a']!.length === 3 && had['b']!.length === 3);
      expect(had).toEqual({ a: ['1', '2', '3'], b: ['1', '2', '3'] });
    });

    test('says whether facts can be handed over', async () => {
      const bus = await open();
      await expect(bus.ping()).resolves.toBeUndefined();
    });

    test('gives a consumer nothing of sources that it does not listen to', async () => {
      const bus = await open();
      await bus.restart('others');
      const had: string[] = [];
      await bus.consume('a', ['things'], async ({ id }) => void had.push(id));
      await bus.publish('others', [fact('0', 'thing_1', 'others')]);
      await bus.publish('things', [fact('1')]);
      await until('the one', () => had.length > 0);
      expect(had).toEqual(['1']);
    });

    test('gives listeners of one subject a hint, until each has left, and not those of another', async () => {
      const bus = await open();
      const heard: string[] = [];
      const listen = (name: string, subject: string) => bus.listen('things', subject, () => void heard.push(name));
      const stopFirst = await listen('first', 'thing_1');
      const stopSecond = await listen('second', 'thing_1');
      const stopOther = await listen('other', 'thing_2');
      await bus.publish('things', [fact('0'), fact('1')]);
      await until('both to hear', () => heard.length === 2);
      await stopFirst();
      await bus.publish('things', [fact('2')]);
      // Hints come in their order: had the first been told, too, it would have been by now.
      await bus.publish('things', [fact('3', 'thing_2')]);
      await until('the others to hear', () => heard.includes('other'));
      expect(heard).toEqual(['first', 'second', 'second', 'other']);
      await Promise.all([stopSecond(), stopOther()]);
    });
  });

contract('a bus in this process', memory);
contract(`a bus over Redis${redisUrl ? '' : ' (no Redis answers)'}`, () => redis(), redisUrl !== undefined);

describe('a bus in this process', () => {
  test('holds facts back until it is opened, so that nobody misses what was said while others started', async () => {
    const bus = createMemoryBus();
    opened.push(bus);
    const had: string[] = [];
    const publishing = bus.publish('things', [fact('1')]);
    await bus.consume('late', ['things'], async ({ id }) => void had.push(id));
    expect(had).toEqual([]);
    bus.open();
    await publishing;
    expect(had).toEqual(['1']);
  });

  test('holds facts back once somebody who listens has left, also those who leave meanwhile: they would miss them', async () => {
    const bus = createMemoryBus();
    opened.push(bus);
    bus.open();
    let leave = async (): Promise<void> => undefined;
    await bus.consume('a', ['things'], () => leave());
    leave = await bus.consume('b', ['things'], async () => undefined);
    await expect(bus.publish('things', [fact('1')])).rejects.toThrow('not everybody who listens');
    await expect(bus.publish('things', [fact('1')])).rejects.toThrow('not everybody who listens');
  });

  test('that is closed before it was opened lets no fact go', async () => {
    const bus = createMemoryBus();
    const publishing = bus.publish('things', [fact('1')]);
    await bus.close();
    await expect(publishing).rejects.toThrow('stopping');
  });
});

describe.skipIf(!redisUrl)(`a bus over Redis${redisUrl ? '' : ' (no Redis answers)'}`, () => {
  test('gives facts in their order, also to a consumer that failed while taking one', async () => {
    const bus = await redis();
    const had: string[] = [];
    let failures = 2;
    await bus.consume('a', ['things'], async ({ id }) => {
      if (id === '2' && failures-- > 0) throw new Error('not now');
      had.push(id);
    });
    await bus.publish('things', [fact('1'), fact('2'), fact('3')]);
    await bus.publish('things', [fact('4')]);
    await until('all', () => had.length === 4);
    expect(had).toEqual(['1', '2', '3', '4']);
  });

  test('gives a fact again to a consumer that failed while taking it', async () => {
    const prefix = `test-${randomBytes(4).toString('hex')}`;
    const bus = await redis(prefix);
    let attempts = 0;
    await bus.consume('a', ['things'], async () => {
      attempts += 1;
      throw new Error('not now');
    });
    await bus.publish('things', [fact('1')]);
    await until('the failure', () => attempts === 1);
    await bus.close();
    // The process that failed is gone; its fact is still owed to the group.
    const redisClient = new Redis(redisUrl!);
    const [owed] = (await redisClient.xpending(`${prefix}:facts:things`, 'a')) as [number];
    redisClient.disconnect();
    expect(owed).toBe(1);
  });

  test('says that its log is lost when Redis came back empty, and begins anew when told', async () => {
    const prefix = `test-${randomBytes(4).toString('hex')}`;
    const bus = await redis(prefix);
    const had: string[] = [];
    await bus.consume('a', ['things'], async ({ id }) => void had.push(id));
    await bus.publish('things', [fact('1')]);
    await until('the first', () => had.length === 1);
    const redisClient = new Redis(redisUrl!);
    await redisClient.del(`${prefix}:facts:things`, `${prefix}:log:things`);
    redisClient.disconnect();
    expect(await bus.publish('things', [fact('2')])).toBe('log-lost');
    await bus.restart('things');
    expect(await bus.publish('things', [fact('1'), fact('2')])).toBe('published');
    await until('everything again', () => had.length === 3);
    expect(had).toEqual(['1', '1', '2']);
  });

  test('gives everybody who listens a hint when its connection was cut and is there again, and then hears as before', async () => {
    const way = await openWay(redisUrl!);
    const prefix = `test-${randomBytes(4).toString('hex')}`;
    const [bus, elsewhere] = [await redis(prefix, way.url), await redis(prefix)];
    let hints = 0;
    await bus.listen('things', 'thing_1', () => void (hints += 1));
    way.cut();
    await elsewhere.publish('things', [fact('1')]);
    way.mend();
    await until('the hint of the new connection', () => hints === 1);
    await elsewhere.publish('things', [fact('2')]);
    await until('the hint of a fact', () => hints === 2);
    await bus.close();
    await way.close();
  });
});
