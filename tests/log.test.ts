import { contactCreated } from '@buffrsign/crm/events';
import { readCursor } from '@buffrsign/kernel/gateway';
import { createLogger } from '@buffrsign/kernel/platform';
import { until } from '@buffrsign/kernel/testing';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EventBus } from '../packages/kernel/src/messaging/bus.ts';
import { openLive } from '../packages/kernel/src/messaging/live.ts';
import { numberFacts, pruneLog } from '../packages/kernel/src/messaging/log.ts';
import { codeOf, countingQueries, createLogWorld, idsOf, openMemory, refusalOf, take, type LogWorld } from './support/log.ts';

const DAY_MS = 86_400_000;
const silent = createLogger('crm', 'silent');

let world: LogWorld;
beforeAll(async () => {
  world = await createLogWorld();
});
afterEach(() => world.stopAll());
afterAll(() => world.drop());

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
    const memory = openMemory();
    let isAway = false;
    const { say, tools } = await world.start({ bus: { ...memory, publish: (...said) => (isAway ? Promise.reject(new Error('not now')) : memory.publish(...said)) } });
    for (let count = 0; count < 4; count += 1) await say('con_gap');
    await allSaid();
    // Or its relay, which may still be looking, would send what is made unsent here.
    isAway = true;
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
