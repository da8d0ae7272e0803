import type { Pool } from 'pg';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { readBacklog, type Backlog } from './backlog.ts';

/** Seconds; what is fast and what a person no longer waits for both have room. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How a piece of work ended. */
export type Outcome = 'ok' | 'errors' | 'failed';

/** Figures of the subgraphs of this process. Labels are few: names of subgraphs, of tasks, and words of a fixed list. */
export interface Metrics {
  readonly registry: Registry;
  /** Bounds of histograms of durations, in seconds. */
  readonly buckets: number[];
  /** An operation of a subgraph is over. */
  operated(subgraph: string, kind: string, outcome: Outcome, seconds: number): void;
  /** A subscription to a subgraph was opened (1) or is over (-1). */
  subscribed(subgraph: string, change: 1 | -1): void;
  /** A job is over. */
  worked(subgraph: string, task: string, outcome: 'ok' | 'failed' | 'parked'): void;
  /** Reads what lies in the database of a subgraph, and how its connections are used, each time that figures are asked for. */
  watch(subgraph: string, pool: Pool): void;
}

type Labels = Readonly<Record<string, string>>;

const readings: readonly { readonly name: string; readonly help: string; read(backlog: Backlog): readonly (readonly [Labels, number])[] }[] = [
  { name: 'outbox_unsent', help: 'Facts that are committed and not yet on the bus.', read: ({ unsent }) => [[{}, unsent]] },
  { name: 'outbox_lag_seconds', help: 'Age of the oldest fact that is not yet on the bus.', read: ({ lagSeconds }) => [[{}, lagSeconds]] },
  { name: 'inbox_unhandled', help: 'Facts that were received and are not handled yet, parked ones included.', read: ({ unhandled }) => [[{}, unhandled]] },
  {
    name: 'job_queue_jobs',
    help: 'Jobs by queue and state. ready: could run now; scheduled: later; running; retrying: failed before and runs again; parked: failed for good.',
    read: ({ jobs }) => jobs.map(({ queue, state, count }) => [{ queue, state }, count]),
  },
];

/** All gauges of one scrape are collected together, so they share one reading of each database. */
const createReadings = (pools: ReadonlyMap<string, Pool>): (() => Promise<readonly (readonly [string, Backlog | undefined])[]>) => {
  let reading: Promise<readonly (readonly [string, Backlog | undefined])[]> | undefined;
  const read = (): Promise<readonly (readonly [string, Backlog | undefined])[]> =>
    Promise.all([...pools].map(async ([subgraph, pool]) => [subgraph, await readBacklog(pool).catch(() => undefined)] as const)).finally(() => (reading = undefined));
  return () => (reading ??= read());
};

const watchBacklogs = (registry: Registry, pools: ReadonlyMap<string, Pool>): void => {
  const readAll = createReadings(pools);
  const up: (typeof readings)[number] = { name: 'subgraph_database_up', help: 'Whether the database of a subgraph answered when its figures were read: 1 or 0.', read: () => [[{}, 1]] };
  for (const { name, help, read } of [up, ...readings]) {
    new Gauge({
      name,
      help,
      labelNames: ['subgraph', 'queue', 'state'],
      registers: [registry],
      async collect() {
        // Of a database that does not answer nothing is told but that: an old figure would look like a new one.
        this.reset();
        for (const [subgraph, backlog] of await readAll()) {
          if (backlog) for (const [labels, value] of read(backlog)) this.set({ subgraph, ...labels }, value);
          else if (name === up.name) this.set({ subgraph }, 0);
        }
      },
    });
  }
};

const watchPools = (registry: Registry, pools: ReadonlyMap<string, Pool>): void => {
  const each = (name: string, help: string, labelNames: string[], read: (pool: Pool) => readonly (readonly [Labels, number])[]) =>
    new Gauge({
      name,
      help,
      labelNames: ['subgraph', ...labelNames],
      registers: [registry],
      collect() {
        for (const [subgraph, pool] of pools) for (const [labels, value] of read(pool)) this.set({ subgraph, ...labels }, value);
      },
    });
  each('db_client_connection_count', 'Connections to the database by state.', ['state'], ({ totalCount, idleCount }) => [[{ state: 'used' }, totalCount - idleCount], [{ state: 'idle' }, idleCount]]);
  each('db_client_connection_max', 'Connections to the database that are allowed.', [], ({ options }) => [[{}, options.max]]);
  each('db_client_connection_pending_requests', 'Work that waits for a connection.', [], ({ waitingCount }) => [[{}, waitingCount]]);
};

/** The figures of one process. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const pools = new Map<string, Pool>();
  collectDefaultMetrics({ register: registry });
  const operations = new Histogram({ name: 'subgraph_operation_duration_seconds', help: 'Operations of subgraphs.', labelNames: ['subgraph', 'graphql_operation_type', 'outcome'], buckets: DURATION_BUCKETS, registers });
  const subscriptions = new Gauge({ name: 'subgraph_subscriptions_open', help: 'Subscriptions that are open at subgraphs.', labelNames: ['subgraph'], registers });
  const jobs = new Counter({ name: 'jobs_total', help: 'Attempts at jobs by outcome. failed: is tried again; parked: was the last attempt.', labelNames: ['subgraph', 'task', 'outcome'], registers });
  watchBacklogs(registry, pools);
  watchPools(registry, pools);
  return {
    registry,
    buckets: DURATION_BUCKETS,
    operated: (subgraph, kind, outcome, seconds) => operations.observe({ subgraph, graphql_operation_type: kind, outcome }, seconds),
    subscribed: (subgraph, change) => subscriptions.inc({ subgraph }, change),
    worked: (subgraph, task, outcome) => jobs.inc({ subgraph, task, outcome }),
    watch: (subgraph, pool) => void pools.set(subgraph, pool),
  };
};
