import { contactCreated } from '@buffrsign/crm/events';
import { anonymous, createTestDatabase, type TestDatabase } from '@buffrsign/kernel/testing';
import type { Live } from '@buffrsign/kernel';
import { createMemoryBus, newId } from '@buffrsign/kernel/platform';
import pg from 'pg';
import { inject } from 'vitest';
import type { EventBus } from '../../packages/kernel/src/messaging/bus.ts';
import { crm } from '@buffrsign/crm/subgraph';
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

const openBus = (): EventBus => {
  const bus = createMemoryBus();
  bus.open();
  return bus;
};

const processOf = (crm: RunningCrm): Process => ({
  ...crm,
  say: (subject, committing) =>
    crm.tools.transaction(async (tx) => {
      const contactId = newId('con');
      await tx.publish(contactCreated, { subject, organizationId: 'org_1' }, { contactId, name: 'Somebody', email: null, origin: 'MEMBER' });
      await committing?.();
      return contactId;
    }),
  follow: (subject, cursor) => (crm.contextOf({ actor: anonymous, requestId: 'req_test', ...(cursor !== undefined && { cursor }) }) as Follow).live(contactCreated, subject),
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
      const started = await startCrm({ url: database.url, bus: openBus(), definition: { ...crm, handlers: [], tasks: [] }, ...options });
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
