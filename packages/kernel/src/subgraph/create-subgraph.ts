import { randomBytes } from 'node:crypto';
import { unknownClient } from '../auth/client.ts';
import type { GraphQLSchema } from 'graphql';
import type { Pool } from 'pg';
import { migrate } from '../data/migrate.ts';
import { createAdapter, createPool } from '../data/postgres.ts';
import type { PrismaLike } from '../data/sql.ts';
import { createRunTransaction } from '../data/transaction.ts';
import { receiveFact, createFactTask, HANDLE_FACT } from '../messaging/inbox.ts';
import type { EventBus } from '../messaging/bus.ts';
import { sourceOf } from '../messaging/define-event.ts';
import { openLive } from '../messaging/live.ts';
import { createPruner } from '../messaging/pruner.ts';
import { createRelay } from '../messaging/relay.ts';
import type { SubgraphRequest, SubgraphTransport } from '../gateway/transport.ts';
import type { ServiceDirectory } from '../health/directory.ts';
import { createReadiness, type Check, type Readiness } from '../health/readiness.ts';
import { createHttpDirectory } from '../health/http-directory.ts';
import { readEnv, type EnvSource, type KernelEnv } from '../runtime/env.ts';
import type { Part } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Attempt } from '../tasks/define-task.ts';
import { observeTransport } from '../telemetry/observed-transport.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { createRescuer } from '../tasks/rescue.ts';
import { createWorker, prepareQueue } from '../tasks/worker.ts';
import { buildSchema } from './build-schema.ts';
import { createLoaders, type HandlerWork, type SubgraphContext, type Tools } from './context.ts';
import type { AnySubgraph } from './define-subgraph.ts';
import { createLocalTransport } from './execute.ts';

/** What a subgraph stands on: its settings, the bus, the clock, the log, and where its migrations lie. */
export interface Ground {
  readonly env: KernelEnv;
  readonly source: EnvSource;
  readonly bus: EventBus;
  readonly now: Clock;
  readonly log: Logger;
  /** Folder with one folder of migrations a subgraph: `prisma/`. */
  readonly migrations: string;
  /** What is seen of the process from outside; nothing when left out. */
  readonly telemetry?: Telemetry;
  /** How the other parts of the platform are; by their addresses in the environment when left out. */
  readonly directory?: ServiceDirectory;
}

type ContextRequest = Pick<SubgraphRequest, 'actor' | 'client' | 'requestId' | 'cursor'>;

/** A subgraph put together, to be started part by part. */
export interface AssembledSubgraph {
  readonly schema: GraphQLSchema;
  readonly transport: SubgraphTransport;
  readonly tools: Tools<PrismaLike, unknown>;
  readonly contextOf: (request: ContextRequest) => object;
  /** In the order of starting. The relay is last: facts leave when everybody can hear them. */
  readonly parts: readonly Part[];
  readonly pool: Pool;
  /** Whether it can do its work, and if not, why. */
  readonly readiness: () => Promise<Readiness>;
}

const createTools = async (definition: AnySubgraph, ground: Ground, db: PrismaLike, committed: () => void): Promise<Tools<PrismaLike, unknown>> => {
  const base = { db, log: ground.log, now: ground.now, transaction: createRunTransaction(db, ground.now, committed) };
  const env: unknown = definition.env ? readEnv(definition.name, definition.env, ground.source) : undefined;
  const directory = ground.directory ?? createHttpDirectory(ground.env.services, ground.now);
  const services: unknown = await definition.services?.({ db, env, kernel: ground.env, tools: base, directory });
  return { ...base, services };
};

/**
 * Facts and jobs have a worker each, so that a job that waits (for a child process, for a silent server) holds up no
 * fact. A worker costs a connection that listens: where there is nothing to do for one, there is none.
 */
const createWorkers = (definition: AnySubgraph, ground: Ground, tools: Tools<PrismaLike, unknown>, queue: { pool: Pool; processName: string }): Part[] => {
  const { name: subgraph, handlers = [], tasks = [], crons = [] } = definition;
  const { metrics } = ground.telemetry ?? {};
  const worked = metrics && ((task: string, outcome: 'ok' | 'failed' | 'parked') => metrics.worked(subgraph, task, outcome));
  const handleFact = createFactTask<HandlerWork<PrismaLike, unknown>>({
    handlers,
    transaction: (work) => tools.transaction((tx) => work({ ...tx, services: tools.services, log: tools.log })),
    log: tools.log,
  });
  const jobs = Object.fromEntries(tasks.map((task) => [task.definition.name, (payload: unknown, attempt: Attempt) => task.run(tools, payload, attempt)]));
  return [
    createRescuer({ pool: queue.pool, log: ground.log }),
    ...(handlers.length > 0 ? [createWorker({ ...queue, name: 'facts', runs: { [HANDLE_FACT]: handleFact }, log: ground.log, worked })] : []),
    ...(tasks.length > 0 ? [createWorker({ ...queue, name: 'jobs', runs: jobs, crons, log: ground.log, worked })] : []),
  ];
};

const createConsumer = (definition: AnySubgraph, ground: Ground, db: PrismaLike): Part => {
  const handlers = definition.handlers ?? [];
  const sources = [...new Set(handlers.map((handler) => sourceOf(handler.event.name)))];
  let stop: (() => Promise<void>) | undefined;
  return {
    name: 'consumer',
    async start() {
      stop = await ground.bus.consume(definition.name, sources, (fact) => receiveFact(db, handlers, fact, ground.now()));
    },
    async stop() {
      await stop?.();
    },
  };
};

const createDatabasePart = (definition: AnySubgraph, ground: Ground, db: PrismaLike, pool: Pool): Part => ({
  name: 'database',
  async start() {
    await migrate(ground.env.databaseUrl, `${ground.migrations}/${definition.name}/migrations`);
    await prepareQueue(pool);
  },
  async stop() {
    await db.$disconnect();
    await pool.end();
  },
});

/** What every subgraph needs, and what its parts need beside that. */
const checksOf = (pool: Pool, bus: EventBus, parts: readonly Part[]): readonly Check[] => [
  { name: 'database', failure: 'Its database does not answer.', run: () => pool.query('select 1') },
  { name: 'bus', failure: 'What carries facts to and from it does not answer.', run: () => bus.ping() },
  ...parts.flatMap(({ name, check }) => (check ? [{ name, ...check }] : [])),
];

/** Puts a subgraph together on its ground. Services are made before the database is migrated: they may hold it, not read it. */
export const createSubgraph = async (definition: AnySubgraph, ground: Ground): Promise<AssembledSubgraph> => {
  const { bus, log, now, env } = ground;
  const processName = `buffrsign-${definition.name}-${randomBytes(6).toString('hex')}`;
  const pool = createPool({ url: env.databaseUrl, size: env.poolSize, processName, log });
  const db = definition.database(createAdapter(pool)) as PrismaLike;
  const relay = createRelay({ source: definition.name, db, bus, now, log });
  const tools = await createTools(definition, ground, db, relay.kick);
  const schema = buildSchema(definition.name, definition.typeDefs, definition.resolvers);

  const contextOf = ({ actor, client = unknownClient, requestId, cursor }: ContextRequest): SubgraphContext<PrismaLike, Record<never, never>, unknown> => ({
    ...tools,
    actor,
    client,
    requestId,
    load: createLoaders(definition.loaders, { db, actor }) as Record<never, never>,
    cursor,
    live: (events, subject) => openLive({ source: definition.name, db, bus, log, events: Array.isArray(events) ? events : [events], subject, cursor }),
  });

  const parts = [
    createDatabasePart(definition, ground, db, pool),
    ...(definition.parts?.(tools.services) ?? []),
    createConsumer(definition, ground, db),
    ...createWorkers(definition, ground, tools, { pool, processName }),
    createPruner({ db, keptDays: env.factsKeptDays, now, log }),
    relay,
  ];
  const checks = checksOf(pool, bus, parts);
  ground.telemetry?.metrics?.watch(definition.name, pool);

  return {
    schema,
    tools,
    contextOf,
    pool,
    transport: observeTransport(definition.name, createLocalTransport({ schema, contextOf, log }), ground.telemetry),
    readiness: createReadiness(() => checks, now),
    parts,
  };
};
