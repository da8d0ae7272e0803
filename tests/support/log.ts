import { contactCreated } from '@buffrsign/crm/events';
import { crm } from '@buffrsign/crm/subgraph';
import { anonymous, createTestDatabase, type TestDatabase } from '@buffrsign/kernel/testing';
import type { Live } from '@buffrsign/kernel';
import { createMemoryBus, newId } from '@buffrsign/kernel/platform';
import pg from 'pg';
import { inject } from 'vitest';
import type { Sql } from '../../packages/kernel/src/data/sql.ts';
import type { EventBus } from '../../packages/kernel/src/messaging/bus.ts';
import { startCrm, type CrmOptions, type RunningCrm } from './crm.ts';

type Follow = { live(event: typeof contactCreated, subject: string): Promise<Live<typeof contactCreated>> };

/** A process whose only work is to say facts and to read them live. */
export interface Process extends RunningCrm {
  /** Says a fact; its id. `committing` is waited for between writing and committing. */
  say(subject: string, committing?: () => Promise<unknown>): Promise<string>;
  /** Follows a subject live, from a cursor, or from now. */
  follow(subject: string, cursor?: string): Promise<Live<typeof contactCreated>>;
}

/** A database with a log of facts, and processes on it. */
export interface LogWorld extends TestDatabase {
  readonly sql: pg.Client;
  start(options?: Partial<CrmOptions>): Promise<Process>;
  /** Ids of the facts about a subject as the log has them. */
  logged(subject: string): Promise<readonly string[]>;
  stopAll(): Promise<void>;
}

/** A bus in this process that is open. */
export const openMemory = (): EventBus => {
  const bus = createMemoryBus();
  bus.open();
  return bus;
};

/** A bus on which no hint arrives. */
export const deaf = (): EventBus => ({ ...openMemory(), listen: async () => async () => undefined });

/** A database that counts what it is asked. */
export const countingQueries = (db: Sql): { db: Sql; queries(): number } => {
  let queries = 0;
  return { db: { $executeRaw: (...args) => db.$executeRaw(...args), $queryRaw: (...args) => ((queries += 1), db.$queryRaw(...args)) }, queries: () => queries };
};

/** The next facts of a stream, as many as asked for. */
export const take = async (facts: Live<typeof contactCreated>, count: number) => {
  const taken = [];
  for (let number = 0; number < count; number += 1) taken.push((await facts.next()).value!);
  return taken;
};

/** Which facts these are, by what they were said with. */
export const idsOf = (facts: readonly { data: { contactId: string } }[]): readonly string[] => facts.map(({ data }) => data.contactId);

export const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;
export const refusalOf = (opening: Promise<unknown>): Promise<unknown> => opening.then(() => 'opened', codeOf);

const processOf = (started: RunningCrm): Process => ({
  ...started,
  say: (subject, committing) =>
    started.tools.transaction(async (tx) => {
      const contactId = newId('con');
      await tx.publish(contactCreated, { subject, organizationId: 'org_1' }, { contactId, name: 'Somebody', email: null, origin: 'MEMBER' });
      await committing?.();
      return contactId;
    }),
  follow: (subject, cursor) => (started.contextOf({ actor: anonymous, requestId: 'req_test', ...(cursor !== undefined && { cursor }) }) as Follow).live(contactCreated, subject),
});

export const createLogWorld = async (): Promise<LogWorld> => {
  const database = await createTestDatabase(inject('postgresUrl'), 'crm', 'prisma/crm/migrations');
  const sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  const running: RunningCrm[] = [];
  return {
    ...database,
    sql,
    async start(options = {}) {
      const started = await startCrm({ url: database.url, bus: openMemory(), definition: { ...crm, handlers: [], tasks: [] }, ...options });
      running.push(started);
      return processOf(started);
    },
    logged: async (subject) => (await sql.query<{ id: string }>(`select data->>'contactId' as id from "OutboxMessage" where subject = $1 order by sequence`, [subject])).rows.map(({ id }) => id),
    async stopAll() {
      for (const each of running.splice(0)) await each.stop();
    },
    async drop() {
      await sql.end();
      await database.drop();
    },
  };
};
