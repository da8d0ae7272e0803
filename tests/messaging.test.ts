import { crm } from '@buffrsign/crm/subgraph';
import { contactCreated } from '@buffrsign/crm/events';
import { createMemoryBus, newId, type MemoryBus } from '@buffrsign/kernel/platform';
import { defineEvent, defineTask, implementTask, on, type Fact } from '@buffrsign/kernel';
import { createTestDatabase, until } from '@buffrsign/kernel/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import type { PrismaClient } from '../subgraphs/crm/src/__generated__/prisma/client.ts';
import { startCrm, type RunningCrm } from './support/crm.ts';

const thingHappened = defineEvent({ name: 'things.thing-happened.v1', description: 'For tests.', schema: z.object({ email: z.string() }) });
const doThing = defineTask('do-thing', z.object({ email: z.string() }));

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let sql: pg.Client;
const running: RunningCrm[] = [];
beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'), 'crm', 'prisma/crm/migrations');
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** The subgraph as a process would start it on the database as it is; gives what it says to the world. */
const start = async (hooks: { fail?: () => boolean; beforeThing?: (email: string) => Promise<void>; bus?: (bus: MemoryBus) => Partial<MemoryBus> } = {}) => {
  const memory = createMemoryBus();
  const bus = { ...memory, ...hooks.bus?.(memory) };
  const said: Fact[] = [];
  await bus.consume('world', ['crm'], async (fact) => void said.push(fact));
  const addContact = (db: Pick<PrismaClient, 'contact'>, email: string, now: Date) =>
    db.contact.create({ data: { id: newId('con'), organizationId: 'org_1', kind: 'INDIVIDUAL', name: 'Somebody', email, createdAt: now, updatedAt: now } });
  const definition = {
    ...crm,
    handlers: [
      on<Parameters<NonNullable<typeof crm.handlers>[number]['handle']>[0]>()(thingHappened, async (tx, fact) => {
        await addContact(tx.db, fact.data.email, tx.now);
        if (hooks.fail?.()) throw new Error('not now');
      }),
    ],
    tasks: [
      implementTask<{ db: PrismaClient; now(): Date }>()(doThing, async (tools, { email }) => {
        await hooks.beforeThing?.(email);
        await addContact(tools.db, email, tools.now());
      }),
    ],
  };
  const subgraph = await startCrm({ url: database.url, bus, definition });
  running.push(subgraph);
  bus.open();
  const tell = (email: string, id = newId('evt')): Fact => ({ specversion: '1.0', id, source: 'things', type: thingHappened.name, subject: 'thing_1', organizationid: 'org_1', time: new Date().toISOString(), data: { email } });
  return { bus, said, subgraph, tell };
};

const contactsOf = async (email: string): Promise<number> => (await sql.query('select 1 from "Contact" where email = $1', [email])).rowCount ?? 0;

describe('a fact', () => {
  test('is said when its transaction commits, and never when it does not', async () => {
    const { said, subgraph } = await start();
    const data = { contactId: 'con_1', name: 'A', email: null, origin: 'MEMBER' as const };
    await expect(
      subgraph.tools.transaction(async (tx) => {
        await tx.publish(contactCreated, { subject: 'con_rolled_back', organizationId: 'org_1' }, data);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await subgraph.tools.transaction((tx) => tx.publish(contactCreated, { subject: 'con_committed', organizationId: 'org_1' }, data));
    await until('the fact', () => said.length > 0);
    expect(said.map((fact) => fact.subject)).toEqual(['con_committed']);
  });

  test('that a process committed and did not live to say is said by the next one', async () => {
    await sql.query(`insert into "OutboxMessage" (id, type, subject, "organizationId", time, data) values ('evt_left', 'crm.contact-created.v1', 'con_left', 'org_1', now(), '{}')`);
    const { said } = await start();
    await until('the fact', () => said.some((fact) => fact.subject === 'con_left'));
  });

  test('that the bus has forgotten is unsent again before the bus is told to begin anew', async () => {
    await sql.query(`insert into "OutboxMessage" (id, type, subject, "organizationId", time, data, "sentAt") values ('evt_forgotten', 'crm.contact-created.v1', 'con_forgotten', 'org_1', now(), '{}', now()), ('evt_new', 'crm.contact-created.v1', 'con_new', 'org_1', now(), '{}', null)`);
    let lost = true;
    const owed: string[] = [];
    const { said } = await start({
      bus: (bus) => ({
        publish: async (source, facts) => (lost ? 'log-lost' : bus.publish(source, facts)),
        // From here on the bus no longer says that it has forgotten: what is not owed by now would never be said.
        restart: async () => {
          owed.push(...(await sql.query<{ id: string }>('select id from "OutboxMessage" where "sentAt" is null')).rows.map(({ id }) => id));
          lost = false;
        },
      }),
    });
    await until('both facts', () => ['con_forgotten', 'con_new'].every((subject) => said.some((fact) => fact.subject === subject)));
    expect(owed).toEqual(expect.arrayContaining(['evt_forgotten', 'evt_new']));
  });

  test('is handled once, however often it comes and whatever fails in between', async () => {
    let failures = 2;
    const { bus, tell } = await start({ fail: () => failures-- > 0 });
    const fact = tell('once@example.na', 'evt_once');
    for (let times = 0; times < 3; times += 1) await bus.publish('things', [fact]);
    await until('it to be handled', async () => (await sql.query(`select 1 from "InboxMessage" where id = 'evt_once' and "handledAt" is not null`)).rowCount);
    await bus.publish('things', [fact]);
    expect(await contactsOf('once@example.na')).toBe(1);
    expect(failures).toBe(-1);
  });
});

describe('a job', () => {
  test('of a process that died is given out again at once, not after the hours that its lock would hold', async () => {
    await sql.query(`select graphile_worker.add_job('do-thing', '{"email": "orphan@example.na"}')`);
    await sql.query(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'buffrsign-crm-gone', attempts = 1`);
    await start();
    await until('the job to be done', async () => (await contactsOf('orphan@example.na')) === 1);
  });

  test('of a process that lives is given to no other, however long it takes, and holds up no fact', async () => {
    const begun = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const { bus, tell } = await start({ beforeThing: () => (begun.resolve(), go.promise) });
    await sql.query(`select graphile_worker.add_job('do-thing', '{"email": "slow@example.na"}')`);
    await begun.promise;
    const lock = async () => (await sql.query(`select locked_by, attempts from graphile_worker.jobs where task_identifier = 'do-thing'`)).rows;
    const [held] = await lock();
    // A process that starts looks at once for jobs of processes that are gone.
    await start();
    expect(await lock()).toEqual([held]);
    await bus.publish('things', [tell('meanwhile@example.na')]);
    await until('the fact to be handled', async () => (await contactsOf('meanwhile@example.na')) === 1);
    go.resolve();
    await until('the job to be done', async () => (await lock()).length === 0);
    expect(await contactsOf('slow@example.na')).toBe(1);
  });
});
