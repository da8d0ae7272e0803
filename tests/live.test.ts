import { contactCreated } from '@buffrsign/crm/events';
import { mapStream } from '@buffrsign/kernel';
import { readCursor, writeCursor } from '@buffrsign/kernel/gateway';
import { createLogger } from '@buffrsign/kernel/platform';
import { openWay, until } from '@buffrsign/kernel/testing';
import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Sql } from '../packages/kernel/src/data/sql.ts';
import type { EventBus } from '../packages/kernel/src/messaging/bus.ts';
import { openLive } from '../packages/kernel/src/messaging/live.ts';
import { numberFacts } from '../packages/kernel/src/messaging/log.ts';
import { createRedisBus } from '../packages/kernel/src/messaging/redis-bus.ts';
import { countingQueries, createLogWorld, deaf, idsOf, openMemory, refusalOf, take, type LogWorld } from './support/log.ts';

const redisUrl = process.env['REDIS_URL'];
const silent = createLogger('crm', 'silent');

let world: LogWorld;
beforeAll(async () => {
  world = await createLogWorld();
});
afterEach(() => world.stopAll());
afterAll(() => world.drop());

describe('a reader', () => {
  test('that comes back with its cursor, again and again, gets exactly what it missed, in order and once, while others write', async () => {
    const bus = openMemory();
    const [here, there] = [await world.start({ bus }), await world.start({ bus })];
    const { cursor } = await here.follow('con_busy');
    const written: string[] = [];
    const writing = Promise.all(
      [here, there, here, there].map(async (process) => {
        for (let count = 0; count < 30; count += 1) {
          // Something to wait for between writing and committing, so that they overtake each other.
          written.push(await process.say('con_busy', async () => process.tools.db.$queryRaw`select count(*) from "OutboxMessage"`));
          await process.say('con_aside');
        }
      }),
    );
    const read: string[] = [];
    let last = cursor;
    for (let visit = 0; read.length < 120; visit += 1) {
      const facts = await here.follow('con_busy', last);
      const taken = await take(facts, Math.min(1 + (visit * 5) % 17, 120 - read.length));
      await facts.return();
      read.push(...idsOf(taken));
      last = taken.at(-1)!.cursor;
    }
    await writing;
    expect(read).toEqual(await world.logged('con_busy'));
    expect([...read].sort()).toEqual([...written].sort());
  });

  test('without a cursor begins behind all that was committed before it came', async () => {
    const process = await world.start({ bus: { ...openMemory(), publish: () => Promise.reject(new Error('not now')) } });
    await process.say('con_new');
    const facts = await process.follow('con_new');
    const after = await process.say('con_new');
    const back = await process.follow('con_new', facts.cursor);
    expect(idsOf(await take(back, 1))).toEqual([after]);
    await Promise.all([facts.return(), back.return()]);
  });

  test('says whether it is behind when it comes', async () => {
    const process = await world.start();
    const { cursor } = await process.follow('con_behind');
    expect((await process.follow('con_behind', cursor)).isBehind).toBe(false);
    await process.say('con_behind');
    expect((await process.follow('con_behind', cursor)).isBehind).toBe(true);
  });

  test('gets every fact though no hint arrives at all', async () => {
    const { tools, say } = await world.start();
    const facts = await openLive({ source: 'crm', db: tools.db, bus: deaf(), log: silent, events: [contactCreated], subject: 'con_deaf', cursor: undefined, lookMs: 20 });
    const said = [await say('con_deaf'), await say('con_deaf')];
    expect(idsOf(await take(facts, 2))).toEqual(said);
    await facts.return();
  });

  test('sees what is said while it looks and finds nothing yet', async () => {
    const { tools, say } = await world.start();
    let hear = (): void => undefined;
    const bus: EventBus = { ...openMemory(), listen: async (_source, _subject, hint) => ((hear = hint), async () => undefined) };
    let said: string | undefined;
    const db: Sql = {
      $executeRaw: (...args) => tools.db.$executeRaw(...args),
      $queryRaw: async <Result>(...args: Parameters<Sql['$queryRaw']>) => {
        const found = await tools.db.$queryRaw<Result>(...args);
        if (said !== '') return found;
        said = await say('con_meanwhile');
        await numberFacts(tools.db);
        hear();
        return found;
      },
    };
    const facts = await openLive({ source: 'crm', db, bus, log: silent, events: [contactCreated], subject: 'con_meanwhile', cursor: undefined });
    said = '';
    expect(idsOf(await take(facts, 1))).toEqual([said]);
    await facts.return();
  });

  test('goes on where the database did not answer for a moment', async () => {
    const { tools, say } = await world.start();
    let failures = 0;
    const db: Sql = { $executeRaw: (...args) => tools.db.$executeRaw(...args), $queryRaw: (...args) => (failures-- > 0 ? Promise.reject(new Error('not now')) : tools.db.$queryRaw(...args)) };
    const facts = await openLive({ source: 'crm', db, bus: openMemory(), log: silent, events: [contactCreated], subject: 'con_failing', cursor: undefined });
    failures = 1;
    const said = await say('con_failing');
    expect(idsOf(await take(facts, 1))).toEqual([said]);
    expect(failures).toBeLessThan(0);
    await facts.return();
  });

  test('that waits is let go at once, though the bus does not answer', async () => {
    const process = await world.start({ bus: { ...openMemory(), listen: async () => () => new Promise(() => undefined) } });
    const facts = await process.follow('con_quiet');
    const mapped = mapStream(facts, async (fact) => fact);
    const waiting = mapped.next();
    expect(await mapped.return()).toEqual({ value: undefined, done: true });
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(await facts.next()).toEqual({ value: undefined, done: true });
  });

  test('that is refused leaves nobody listening', async () => {
    let listening = 0;
    const process = await world.start({ bus: { ...openMemory(), listen: async () => ((listening += 1), async () => void (listening -= 1)) } });
    expect(await refusalOf(process.follow('con_refused', 'garbled'))).toBe('CURSOR_INVALID');
    expect(listening).toBe(0);
  });

  test('asks the database once for many facts, and not at all while nothing is said', async () => {
    const { tools, say } = await world.start();
    const counted = countingQueries(tools.db);
    const hints: (() => void)[] = [];
    const bus: EventBus = { ...openMemory(), listen: async (_source, _subject, hear) => (hints.push(hear), async () => undefined) };
    const facts = await openLive({ source: 'crm', db: counted.db, bus, log: silent, events: [contactCreated], subject: 'con_counted', cursor: undefined });
    for (let count = 0; count < 120; count += 1) await say('con_counted');
    await numberFacts(tools.db);
    const before = counted.queries();
    await take(facts, 120);
    expect(counted.queries()).toBe(before + 3);
    const waiting = facts.next();
    await until('the look that finds nothing', () => counted.queries() === before + 4);
    // However many hints come while it looks, it looks once more after.
    for (let count = 0; count < 20; count += 1) hints[0]!();
    await say('con_counted');
    await numberFacts(tools.db);
    hints[0]!();
    await waiting;
    expect(counted.queries()).toBeLessThanOrEqual(before + 7);
    await facts.return();
  });

  test.skipIf(!redisUrl)(`over Redis loses nothing while its connection is cut${redisUrl ? '' : ' (no Redis answers)'}`, async () => {
    const prefix = `test-${randomBytes(4).toString('hex')}`;
    const way = await openWay(redisUrl!);
    const buses = [way.url, redisUrl!].map((url) => createRedisBus({ url, prefix, log: silent }));
    const [here, there] = [await world.start({ bus: buses[0]! }), await world.start({ bus: buses[1]! })];
    const facts = await here.follow('con_cut');
    const said = [await there.say('con_cut')];
    expect(idsOf(await take(facts, 1))).toEqual(said);
    const waiting = take(facts, 2);
    way.cut();
    const missed = [await there.say('con_cut'), await there.say('con_cut')];
    await until('the other process to say them', async () => (await world.sql.query(`select 1 from "OutboxMessage" where "sentAt" is null`)).rowCount === 0);
    way.mend();
    expect(idsOf(await waiting)).toEqual(missed);
    await facts.return();
    await world.stopAll();
    for (const bus of buses) await bus.close();
    await way.close();
    const redis = new Redis(redisUrl!);
    await redis.del(`${prefix}:facts:crm`, `${prefix}:log:crm`);
    redis.disconnect();
  });
});

describe('a cursor', () => {
  test('that is none, of another log, or beyond the end is refused as invalid', async () => {
    const process = await world.start();
    const facts = await process.follow('con_1');
    const { sequence } = readCursor(facts.cursor)!;
    const bad = {
      garbled: 'garbled',
      empty: '',
      'with a character too many': `${facts.cursor}=`,
      'of another version': Buffer.from(`2:crm:${sequence}`).toString('base64url'),
      foreign: writeCursor({ source: 'signatures', sequence }),
      future: writeCursor({ source: 'crm', sequence: sequence + 1n }),
    };
    for (const [name, cursor] of Object.entries(bad)) expect(await refusalOf(process.follow('con_1', cursor)), name).toBe('CURSOR_INVALID');
    expect(await refusalOf(process.follow('con_1', facts.cursor))).toBe('opened');
  });

  test('is read as it was written, and nothing else is', () => {
    const cursor = { source: 'crm', sequence: 2n ** 63n - 1n };
    expect(readCursor(writeCursor(cursor))).toEqual(cursor);
    for (const text of ['1:crm:01', '1:crm:-1', '1:crm:9223372036854775808', '1:CRM:1', '1:crm:1 ', '1::1']) expect(readCursor(Buffer.from(text).toString('base64url')), text).toBeUndefined();
  });
});
