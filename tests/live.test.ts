import { contactCreated } from '@buffrsign/crm/events';
import { mapStream, type Live } from '@buffrsign/kernel';
import { readCursor, writeCursor } from '@buffrsign/kernel/gateway';
import { createLogger, createMemoryBus } from '@buffrsign/kernel/platform';
import { openWay, until } from '@buffrsign/kernel/testing';
import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Sql } from '../packages/kernel/src/data/sql.ts';
import type { EventBus } from '../packages/kernel/src/messaging/bus.ts';
import { openLive } from '../packages/kernel/src/messaging/live.ts';
import { numberFacts, pruneLog } from '../packages/kernel/src/messaging/log.ts';
import { createRedisBus } from '../packages/kernel/src/messaging/redis-bus.ts';
import { createLogWorld, type LogWorld } from './support/log.ts';

const redisUrl = process.env['REDIS_URL'];
const DAY_MS = 86_400_000;
const silent = createLogger('crm', 'silent');

let world: LogWorld;
beforeAll(async () => {
  world = await createLogWorld();
});
afterEach(() => world.stopAll());
afterAll(() => world.drop());

type Facts = Live<typeof contactCreated>;

const take = async (facts: Facts, count: number) => {
  const taken = [];
  for (let number = 0; number < count; number += 1) taken.push((await facts.next()).value!);
  return taken;
};
const idsOf = (facts: readonly { data: { contactId: string } }[]): readonly string[] => facts.map(({ data }) => data.contactId);
const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;
const refusalOf = (opening: Promise<unknown>): Promise<unknown> => opening.then(() => 'opened', codeOf);

/** A database that counts what it is asked. */
const countingQueries = (db: Sql): { db: Sql; queries(): number } => {
  let queries = 0;
  return { db: { $executeRaw: (...args) => db.$executeRaw(...args), $queryRaw: (...args) => ((queries += 1), db.$queryRaw(...args)) }, queries: () => queries };
};

/** A bus on which no hint arrives. */
const deaf = (): EventBus => ({ ...openMemory(), listen: async () => async () => undefined });
const openMemory = (): EventBus => {
  const bus = createMemoryBus();
  bus.open();
  return bus;
};

describe('the log', () => {
  test('numbers facts as they are committed, not as they were written, so that no reader misses one', async () => {
    const process = await world.start();
    const facts = await process.follow('con_overtaken');
    const [wrote, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = process.say('con_overtaken', () => (wrote.resolve(), commit.promise));
    await wrote.promise;
    const fast = await process.say('con_overtaken');
    const [first] = await take(facts, 1);
    expect(idsOf([first!])).toEqual([fast]);
    commit.resolve();
    const [second] = await take(facts, 1);
    expect(idsOf([second!])).toEqual([await slow]);
    // Written before, numbered after: the very case.
    const { rows } = await world.sql.query<{ id: string }>(`select data->>'contactId' as id from "OutboxMessage" where subject = 'con_overtaken' order by position`);
    expect(rows.map(({ id }) => id)).toEqual([await slow, fast]);
    const back = await process.follow('con_overtaken', first!.cursor);
    expect(idsOf(await take(back, 1))).toEqual([await slow]);
    await Promise.all([facts.return(), back.return()]);
  });

  test('gives each number once and leaves none out, however many relays number and processes write at a time', async () => {
    const complaints: string[] = [];
    const log = createLogger('crm', 'warn', new Writable({ write: (line, _encoding, done) => (complaints.push(String(line)), done()) }));
    const processes = await Promise.all([world.start({ log }), world.start({ log })]);
    const writers = processes.flatMap((process) => [1, 2, 3].map(async () => {
      for (let count = 0; count < 15; count += 1) {
        await process.say('con_raced');
        await numberFacts(process.tools.db);
      }
    }));
    await Promise.all(writers);
    await until('all to be said', async () => (await world.sql.query(`select 1 from "OutboxMessage" where "sentAt" is null`)).rowCount === 0);
    const { rows: [row] } = await world.sql.query(`select count(*)::int as said, (max(sequence) - min(sequence) + 1)::int as numbers, count(distinct sequence)::int as different from "OutboxMessage"`);
    expect(row).toEqual({ said: expect.any(Number), numbers: row.said, different: row.said });
    // The database would refuse a number given twice, and a relay would complain and try again.
    expect(complaints).toEqual([]);
  });

  test('gives no number while a smaller one is not to be seen yet', async () => {
    const { tools, say } = await world.start({ bus: { ...openMemory(), publish: () => Promise.reject(new Error('not now')) } });
    await world.sql.query('begin');
    const first = await say('con_waited');
    // A relay that numbers, and does not get to commit.
    await numberFacts({ ...tools.db, $executeRaw: async ([statement]) => (await world.sql.query(statement!)).rowCount ?? 0 });
    const second = await say('con_waited');
    const numbering = numberFacts(tools.db);
    try {
      await until('the other to wait', async () => (await world.sql.query(`select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`)).rowCount);
    } finally {
      await world.sql.query('commit');
    }
    await numbering;
    expect(await world.logged('con_waited')).toEqual([first, second]);
  });

  test('keeps the number of a fact that is said again, on the fact, too', async () => {
    let lost = false;
    const told: { id: string; sequence: string | undefined }[] = [];
    const memory = openMemory();
    const bus: EventBus = {
      ...memory,
      publish: async (source, facts) => {
        if (lost) return 'log-lost';
        told.push(...facts.filter(({ subject }) => subject === 'con_again').map(({ id, sequence }) => ({ id, sequence })));
        return memory.publish(source, facts);
      },
      restart: async () => void (lost = false),
    };
    const process = await world.start({ bus });
    await process.say('con_again');
    await process.say('con_again');
    await until('both', () => told.length === 2);
    const before = told.splice(0);
    lost = true;
    await process.say('con_other');
    await until('both again', () => told.length === 2);
    expect(told).toEqual(before);
    expect(before.map(({ sequence }) => sequence)).toEqual([expect.stringMatching(/^\d{19}$/), expect.stringMatching(/^\d{19}$/)]);
    expect(before[0]!.sequence! < before[1]!.sequence!).toBe(true);
  });
});

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

describe('what is kept', () => {
  /** Every fact of the log, made as old as that. */
  const age = (days: number) => world.sql.query(`update "OutboxMessage" set time = now() - make_interval(days => $1)`, [days]);
  const kept = async () => (await world.sql.query<{ sequence: string }>('select sequence from "OutboxMessage" where sequence is not null order by sequence')).rows.map(({ sequence }) => BigInt(sequence));
  const allSaid = () => until('all to be said', async () => (await world.sql.query(`select 1 from "OutboxMessage" where "sentAt" is null`)).rowCount === 0);

  test('ends 30 days after it was said, but for the newest fact, and a cursor from before has expired', async () => {
    const process = await world.start();
    const facts = await process.follow('con_old');
    const [first, second] = [await process.say('con_old'), await process.say('con_old'), await process.say('con_old')];
    const [one, two] = await take(facts, 3);
    expect(idsOf([one!, two!])).toEqual([first, second]);
    await facts.return();
    await allSaid();
    await age(31);
    await world.stopAll();
    const next = await world.start();
    await until('the old ones to be gone', async () => (await kept()).length === 1);
    expect(await refusalOf(next.follow('con_old', facts.cursor))).toBe('CURSOR_EXPIRED');
    expect(await refusalOf(next.follow('con_old', one!.cursor))).toBe('CURSOR_EXPIRED');
    // Whoever has seen all but the one that is kept has missed nothing.
    const back = await next.follow('con_old', two!.cursor);
    await take(back, 1);
    await back.return();
    // Numbering goes on where it was.
    const { sequence } = readCursor(two!.cursor)!;
    await next.say('con_old');
    await until('the new one to be numbered', async () => (await kept()).at(-1) === sequence + 2n);
  });

  test('has no gap: nothing behind a fact that is too young, or was not sent yet, is let go', async () => {
    const { say, tools } = await world.start();
    for (let count = 0; count < 4; count += 1) await say('con_gap');
    await allSaid();
    const before = await kept();
    await age(31);
    await world.sql.query('update "OutboxMessage" set "sentAt" = null where sequence = $1', [String(before.at(-3))]);
    while (await pruneLog(tools.db, new Date(Date.now() - 30 * DAY_MS), 1));
    expect(await kept()).toEqual(before.slice(-3));
    await world.sql.query('update "OutboxMessage" set "sentAt" = now(), time = now() where sequence = $1', [String(before.at(-3))]);
    while (await pruneLog(tools.db, new Date(Date.now() - 30 * DAY_MS), 1));
    expect(await kept()).toEqual(before.slice(-3));
  });

  test('that passes a reader who stands still ends it with CURSOR_EXPIRED, and not one who only had nothing to read', async () => {
    const { say, follow, tools } = await world.start();
    const counted = countingQueries(tools.db);
    const still = await follow('con_still');
    const quiet = await openLive({ source: 'crm', db: counted.db, bus: openMemory(), log: silent, events: [contactCreated], subject: 'con_silent', cursor: undefined, lookMs: 20 });
    const waiting = take(quiet, 1);
    for (let count = 0; count < 3; count += 1) await say('con_still');
    await allSaid();
    const looks = counted.queries();
    await until('the quiet one to have looked', () => counted.queries() > looks + 1);
    await age(31);
    while (await pruneLog(tools.db, new Date(Date.now() - 30 * DAY_MS)));
    expect(await still.next().catch(codeOf)).toBe('CURSOR_EXPIRED');
    expect(await still.next()).toEqual({ value: undefined, done: true });
    const said = await say('con_silent');
    expect(idsOf(await waiting)).toEqual([said]);
    await quiet.return();
  });
});
