import type { Metrics } from '@buffrsign/kernel/gateway';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Counts } from './counts.ts';
import type { OperationOutcome } from './observation.ts';

/** Figures of the gateway for Prometheus. No label is chosen by a client: neither names of operations nor ids. */
export interface Figures {
  operated(kind: string, outcome: OperationOutcome, seconds: number): void;
  fetched(subgraph: string, outcome: 'ok' | 'errors' | 'failed', seconds: number): void;
  /** An operation was estimated to cost so much. */
  priced(cost: number): void;
  /** An error of this code left. */
  refused(code: string): void;
}

export interface FiguresSources {
  readonly counts: Counts;
  /** Whether a subgraph is left alone for a moment because it did not answer; by name, for those across a network. */
  breakers(): Iterable<readonly [subgraph: string, isOpen: boolean]>;
}

/** Codes are words of ours and of graphql's; whatever else a subgraph invents is told together. */
const isCode = /^[A-Z][A-Z_]{2,59}$/;
const MOST_CODES = 60;
const COSTS = [1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000];

export const createFigures = ({ registry, buckets }: Metrics, { counts, breakers }: FiguresSources): Figures => {
  const registers = [registry];
  const operations = new Histogram({ name: 'graphql_server_operation_duration_seconds', help: 'Operations of clients, from arrival to answer. Of subscriptions: how long they ran.', labelNames: ['graphql_operation_type', 'outcome'], buckets, registers });
  const fetches = new Histogram({ name: 'gateway_fetch_duration_seconds', help: 'Fetches from subgraphs.', labelNames: ['subgraph', 'outcome'], buckets, registers });
  const errors = new Counter({ name: 'graphql_server_errors_total', help: 'Operations that were answered with an error of this code.', labelNames: ['code'], registers });
  const costs = new Histogram({ name: 'graphql_server_operation_cost', help: 'What operations were estimated to cost.', buckets: COSTS, registers });
  const read = (name: string, help: string, value: () => number): void => void new Gauge({ name, help, registers, collect() { this.set(value()); } });
  const count = (name: string, help: string, value: () => number): void =>
    void new Counter({
      name: `${name}_total`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  const known = new Set<string>();

  read('gateway_sockets_open', 'WebSockets of clients that are open.', () => counts.sockets);
  read('gateway_subscriptions_open', 'Subscriptions of clients that run.', () => counts.streams.subscribers);
  read('gateway_streams_open', 'Streams that are open at subgraphs. Fewer than subscriptions where clients share them.', () => counts.streams.upstreams);
  count('gateway_stream_events_delivered', 'Events given to clients: one event for a thousand of them counts a thousand.', () => counts.streams.delivered);
  count('gateway_stream_clients_detached', 'Clients that read too slowly to follow a shared stream and were left to catch up by themselves.', () => counts.streams.detached);
  count('gateway_streams_resumed', 'Streams that broke at their subgraph and were taken up again from where they were.', () => counts.streams.resumed);
  new Gauge({
    name: 'gateway_breaker_open',
    help: 'Whether a subgraph did not answer several times in a row and is left alone: 1 or 0.',
    labelNames: ['subgraph'],
    registers,
    collect() {
      for (const [subgraph, isOpen] of breakers()) this.set({ subgraph }, isOpen ? 1 : 0);
    },
  });
  new Counter({
    name: 'gateway_cache_requests_total',
    help: 'Documents (read and validated) and plans that were looked up, by whether they were kept.',
    labelNames: ['cache', 'result'],
    registers,
    collect() {
      this.reset();
      for (const cache of ['documents', 'plans'] as const) {
        this.inc({ cache, result: 'hit' }, counts[cache].hits);
        this.inc({ cache, result: 'miss' }, counts[cache].misses);
      }
    },
  });

  return {
    operated: (kind, outcome, seconds) => operations.observe({ graphql_operation_type: kind, outcome }, seconds),
    fetched: (subgraph, outcome, seconds) => fetches.observe({ subgraph, outcome }, seconds),
    priced: (cost) => costs.observe(cost),
    refused(code) {
      const told = isCode.test(code) && (known.has(code) || known.size < MOST_CODES) ? code : 'OTHER';
      known.add(told);
      errors.inc({ code: told });
    },
  };
};
