import { createTokenVerifier, healthRoutes, run, systemClock, type Readiness, type Running } from '@buffrsign/kernel/gateway';
import { createAuthenticate } from './authenticate.ts';
import { createFormatError } from './errors.ts';
import { createGraphs, type GraphState } from './graph/graphs.ts';
import { readProxies } from './http/client.ts';
import { GRAPHQL_PATH, graphqlRoutes } from './http/graphql.ts';
import { createGatewayReadiness } from './http/readiness.ts';
import { pageRoutes } from './http/pages.ts';
import { createPassThrough, passThroughDefaults } from './http/pass-through.ts';
import { createServerPart } from './http/server-part.ts';
import { readExamples } from './ide/examples.ts';
import { createIde } from './ide/routes.ts';
import { createHttpStreams } from './http/streams.ts';
import { defaultLimits } from './limits/limits.ts';
import type { GatewayOptions } from './options.ts';
import type { StreamCounts } from './subscriptions/counters.ts';
import { serveSockets } from './subscriptions/serve.ts';
import { createCounts } from './telemetry/counts.ts';
import { openObserver } from './telemetry/open-observer.ts';
import { defaultStreamSettings } from './subscriptions/settings.ts';
import { createConnections } from './transport/connect.ts';
import { createUnderWay } from './under-way.ts';

export type { EvaluatePolicies, PolicyContext } from './authorize/policies.ts';
export type { CostSettings, MeasuredCost, ObserveCost } from './cost/settings.ts';
export type { GraphState } from './graph/graphs.ts';
export type { AllowedOrigins } from './http/cors.ts';
export { PagesError } from './http/pages.ts';
export type { PassThrough } from './http/pass-through.ts';
export type { Introspection } from './introspection.ts';
export type { Limits } from './limits/limits.ts';
export type { GatewayOptions } from './options.ts';
export type { StreamCounts } from './subscriptions/counters.ts';
export type { StreamSettings } from './subscriptions/settings.ts';
export { SupergraphError } from './supergraph.ts';
export type { SubgraphUrls } from './transport/connect.ts';
export { createHttpTransport, type HttpTransport, type HttpTransportOptions } from './transport/http.ts';

export interface RunningGateway {
  /** Where GraphQL is answered over HTTP: `http://localhost:8000/graphql`. */
  readonly url: string;
  /** The same over WebSocket: `ws://localhost:8000/graphql`. */
  readonly subscriptionUrl: string;
  /** Whether it may be given traffic, and if not, why. */
  readiness(): Promise<Readiness>;
  /** What goes on with subscriptions, always up to date. */
  readonly streams: StreamCounts;
  /** Which supergraph is served, and what became of those that were offered since. */
  graph(): GraphState;
  /**
   * Serves another supergraph from now on: requests under way end on the one before, streams end with the code
   * SUBSCRIPTION_SCHEMA_RELOAD.
   *
   * @throws SupergraphError, in words, when it cannot be served; the one before is served on.
   */
  reload(supergraphSdl: string): Promise<void>;
  /**
   * Is not ready any more, answers for `drainMs` longer, takes no connection then, lets requests and what runs on
   * sockets finish, closes sockets with 1001, breaks streams over HTTP off, and lets go of the subgraphs.
   */
  stop(): Promise<void>;
}

/** Time that all parts together have to end, beside what clients are given to turn away. */
const GRACE_MS = 10_000;

/**
 * Starts a gateway.
 *
 * @throws SupergraphError when the supergraph cannot be served; PagesError when its pages cannot; PortTakenError when
 * the port is not free.
 */
export const startGateway = async (options: GatewayOptions): Promise<RunningGateway> => {
  const { log, now = systemClock, introspection = 'all', allowedOrigins = '*', drainMs = 0, graceMs = GRACE_MS } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const streamSettings = { ...defaultStreamSettings, ...options.streams };
  const trustedProxies = readProxies(options.trustedProxies ?? []);
  const connections = createConnections(options);
  const counts = createCounts();
  const observer = await openObserver({ log, telemetry: options.telemetry, counts, breakers: connections.breakers });
  const formatError = createFormatError(log);
  const graphs = createGraphs({ ...options, streams: streamSettings, formatError, connections, limits, introspection, observer, counts, now });
  const pages = options.pagesDirectory ? await pageRoutes(options.pagesDirectory) : [];
  const ide = introspection === 'none' ? undefined : createIde(() => readExamples(options.operationsDirectory, graphs.current()));
  const passThrough = createPassThrough({ ...passThroughDefaults, ...options.passThroughLimits, entries: options.passThrough ?? [], allowedOrigins, log });
  const streams = createHttpStreams({ limits, heartbeatMs: streamSettings.heartbeatMs, formatError, now });
  const underWay = createUnderWay();
  const shared = {
    graph: graphs.current,
    authenticate: createAuthenticate(createTokenVerifier(options.issuers, now), now),
    formatError,
    underWay,
    limits,
    allowedOrigins,
    trustedProxies,
  };

  let running: Running | undefined;
  const readiness = createGatewayReadiness({ phase: () => running?.phase() ?? 'starting', graphs, introspection, now });
  const server = createServerPart({
    host: options.host ?? '127.0.0.1',
    port: options.port,
    routes: [...graphqlRoutes({ ...shared, ide, observer, streams }), ...healthRoutes({ readiness, version: options.telemetry?.version ?? 'unknown' }), ...passThrough.routes, ...pages, ...(options.routes ?? [])],
    openSockets: (http) => serveSockets({ ...shared, http, path: GRAPHQL_PATH, bufferedBytes: streamSettings.bufferedBytes, log, now, counts }),
    streams,
    connections: { ...limits, isShared: trustedProxies },
    underWay,
    drainMs,
    graceMs,
    log,
  });
  const parts = [
    { name: 'subgraphs', start: async () => undefined, stop: () => graphs.close() },
    { name: 'pass-through', start: async () => undefined, stop: () => passThrough.close() },
    server,
  ];
  running = await run(parts, log, drainMs + graceMs);
  const url = `${server.url()}${GRAPHQL_PATH}`;
  return { url, subscriptionUrl: url.replace(/^http/, 'ws'), readiness, streams: counts.streams, graph: graphs.state, reload: graphs.reload, stop: () => running.stop() };
};
