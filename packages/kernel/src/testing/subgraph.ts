import type { ExecutionResult } from 'graphql';
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { fileURLToPath } from 'node:url';
import type { PoolClient } from 'pg';
import { inject } from 'vitest';
import { unknownClient, type Client } from '../auth/client.ts';
import type { Actor } from '../auth/actor.ts';
import { newId } from '../data/ids.ts';
import type { EventData, EventDefinition, Fact } from '../messaging/define-event.ts';
import { sourceOf } from '../messaging/define-event.ts';
import { factOf, type OutboxRow } from '../messaging/outbox-row.ts';
import { createMemoryBus } from '../messaging/memory-bus.ts';
import type { ServiceDirectory } from '../health/directory.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { run } from '../runtime/lifecycle.ts';
import { createLogger } from '../runtime/logger.ts';
import { createSubgraph, type AssembledSubgraph, type Ground } from '../subgraph/create-subgraph.ts';
import type { SubgraphDefinition } from '../subgraph/define-subgraph.ts';
import type { Tools } from '../subgraph/context.ts';
import { createServerPart } from '../subgraph/serve-subgraph.ts';
import type { EnvSource } from '../runtime/env.ts';
import { createTestDatabase } from './database.ts';
import { until } from './until.ts';

const migrations = fileURLToPath(new URL('../../../../prisma', import.meta.url));

/** Settings that every subgraph under test has. */
export const testSecrets = {
  ACTOR_TOKEN_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
  DATA_KEY: 'only-for-tests-only-for-tests-only-for-tests-2',
} as const;

/** A subgraph under test: real database, real jobs, facts in this process. */
export interface TestSubgraph<Database, Services> {
  readonly tools: Tools<Database, Services>;
  readonly url: string;
  readonly transport: AssembledSubgraph['transport'];
  /** Runs an operation as an actor. */
  as(actor: Actor, client?: Client): <Data = Record<string, never>>(query: string, variables?: Record<string, unknown>) => Promise<ExecutionResult<Data>>;
  /** Tells the subgraph a fact and waits until it was handled; gives the fact, to be told again. */
  tell<Definition extends EventDefinition>(event: Definition, about: { subject: string; organizationId: string; id?: string }, data: EventData<Definition>): Promise<Fact<Definition>>;
  /** Tells a fact that was told before once more, as a bus may. */
  tellAgain(fact: Fact): Promise<void>;
  /** The facts of a kind that the subgraph has said so far, oldest first. */
  said<Definition extends EventDefinition>(event: Definition): Promise<readonly Fact<Definition>[]>;
  /** How many queries the database gets while `work` runs. */
  countQueries(work: () => Promise<unknown>): Promise<number>;
  /** Waits until no job is left that could run now. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a subgraph on a database of its own. `env` adds the subgraph's own settings; `now` decides what time it is. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- factories and settings do not matter to a test
export const startTestSubgraph = async <Database, Services>(definition: SubgraphDefinition<any, any, Services, any> & { database: (adapter: never) => Database }, options: { env?: EnvSource; now?: () => Date; telemetry?: Telemetry; directory?: ServiceDirectory } = {}): Promise<TestSubgraph<Database, Services>> => {
  const database = await createTestDatabase(inject('postgresUrl'), definition.name, `${migrations}/${definition.name}/migrations`);
  const bus = createMemoryBus();
  const log = createLogger(definition.name, process.env['TEST_LOG'] ?? 'silent');
  const env = { databaseUrl: database.url, redisUrl: undefined, redisPrefix: 'unused', actorTokenSecret: testSecrets.ACTOR_TOKEN_SECRET, dataKey: testSecrets.DATA_KEY, host: '127.0.0.1', port: 0, poolSize: 6, factsKeptDays: 30, services: [], logLevel: 'silent' as const };
  const ground: Ground = { env, source: { ...testSecrets, ...options.env }, bus, now: options.now ?? (() => new Date()), log, migrations, ...(options.telemetry && { telemetry: options.telemetry }), ...(options.directory && { directory: options.directory }) };
  const assembled = await createSubgraph(definition, ground);
  const http = createServerPart(definition, ground, assembled);
  const running = await run([...assembled.parts, http], log);
  bus.open();
  const { pool } = assembled;

  const handled = (id: string) => until(`fact ${id} to be handled`, async () => (await pool.query('select 1 from "InboxMessage" where id = $1 and "handledAt" is not null', [id])).rowCount);

  /** Whose queries are counted: a mark that follows `work` through everything it awaits. */
  const asking = new AsyncLocalStorage<object>();
  // Whoever waits for a connection gets it from whoever lets one go: the mark must be theirs, not the other's.
  const connect = pool.connect.bind(pool) as (callback?: (...args: unknown[]) => void) => Promise<PoolClient>;
  pool.connect = ((callback?: (...args: unknown[]) => void) => (callback ? connect(AsyncResource.bind(callback)) : connect())) as typeof pool.connect;

  const idle = async (): Promise<void> => {
    await until('every job to be done', async () => {
      const { rowCount } = await pool.query('select 1 from graphile_worker.jobs where locked_at is not null or (run_at <= now() and attempts < max_attempts)');
      return rowCount === 0;
    });
  };

  return {
    tools: assembled.tools as unknown as Tools<Database, Services>,
    url: http.url(),
    transport: assembled.transport,
    as: (actor, client = unknownClient) => (query, variables = {}) => assembled.transport.execute({ query, variables, actor, client, requestId: newId('req') }) as Promise<ExecutionResult<never>>,
    async tell(event, { subject, organizationId, id = newId('evt') }, data) {
      const fact: Fact<typeof event> = { specversion: '1.0', id, source: sourceOf(event.name), type: event.name, subject, organizationid: organizationId, time: ground.now().toISOString(), data };
      await bus.publish(fact.source, [fact]);
      await handled(id);
      return fact;
    },
    async tellAgain(fact) {
      await bus.publish(fact.source, [fact]);
      await idle();
    },
    async said(event) {
      const { rows } = await pool.query<OutboxRow>('select * from "OutboxMessage" where type = $1 order by position', [event.name]);
      return rows.map((row) => ({ ...factOf(definition.name, row), data: event.schema.parse(row.data) }) as Fact<typeof event>);
    },
    async countQueries(work) {
      let count = 0;
      const clients = new Set<object>();
      const counted = (client: { query: (...args: unknown[]) => unknown }) => {
        if (clients.has(client)) return;
        clients.add(client);
        const { query } = client;
        client.query = (...args: unknown[]) => {
          // Jobs run and facts leave by themselves meanwhile; only what `work` itself asks is its own.
          if (asking.getStore() === clients) count += 1;
          return query.apply(client, args);
        };
      };
      const listener = (client: unknown) => counted(client as never);
      pool.on('acquire', listener);
      await asking.run(clients, work);
      pool.off('acquire', listener);
      return count;
    },
    idle,
    async stop() {
      await running.stop();
      await bus.close();
      await database.drop();
    },
  };
};
