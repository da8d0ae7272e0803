import { createTokenVerifier, healthRoutes, run, serveHttp, systemClock, type HttpServer, type Part, type Readiness, type Running } from '@buffrsign/kernel/gateway';
import { createAuthenticate } from './authenticate.ts';
import { createReadDocument } from './documents.ts';
import { createFormatError } from './errors.ts';
import { createGateway } from './gateway.ts';
import { isProxy, readProxies } from './http/client.ts';
import { GRAPHQL_PATH, graphqlRoutes } from './http/graphql.ts';
import { createGatewayReadiness } from './http/readiness.ts';
import { pageRoutes } from './http/pages.ts';
import { createPassThrough, passThroughDefaults } from './http/pass-through.ts';
import { readExamples } from './ide/examples.ts';
import { createIde } from './ide/routes.ts';
import { createHttpStreams } from './http/streams.ts';
import { defaultLimits } from './limits/limits.ts';
import type { GatewayOptions } from './options.ts';
import type { StreamCounts } from './subscriptions/counters.ts';
import { serveSockets } from './subscriptions/serve.ts';
import { createCounts } from './telemetry/counts.ts';
import { observeGateway } from './telemetry/observed-gateway.ts';
import { openObserver } from './telemetry/open-observer.ts';
import { defaultStreamSettings } from './subscriptions/settings.ts';
import { loadSupergraph } from './supergraph.ts';
import { connectSubgraphs } from './transport/connect.ts';

export type { EvaluatePolicies, PolicyContext } from './authorize/policies.ts';
export type { CostSettings, MeasuredCost, ObserveCost } from './cost/settings.ts';
export type { AllowedOrigins } from './http/cors.ts';
export { PagesError } from './http/pages.ts';
export type { PassThrough } from './http/pass-through.ts';
export type { Introspection } from './introspection.ts';
export type { Limits } from './limits/limits.ts';
export type { GatewayOptions } from './options.ts';
export type { StreamCounts } from './subscriptions/counters.ts';
export type { StreamSettings } from './subscriptions/settings.ts';
export { SupergraphError } from './supergraph.ts';
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
  /** Closes sockets with 1001, breaks streams over HTTP off, lets requests finish, then lets go of the subgraphs. */
  stop(): Promise<void>;
}

/**
 * Starts a gateway.
 *
 * @throws SupergraphError when the supergraph cannot be served; PagesError when its pages cannot; PortTakenError when
 * the port is not free.
 */
export const startGateway = async (options: GatewayOptions): Promise<RunningGateway> => {
  const { log, now = systemClock, introspection = 'all', allowedOrigins = '*' } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const streamSettings = { ...defaultStreamSettings, ...options.streams };
  const trustedProxies = readProxies(options.trustedProxies ?? []);
  const supergraph = loadSupergraph(options.supergraphSdl, { policies: options.evaluatePolicies !== undefined });
  const pages = options.pagesDirectory ? await pageRoutes(options.pagesDirectory) : [];
  const subgraphs = connectSubgraphs(supergraph.subgraphs, options);
  const counts = createCounts();
  const observer = await openObserver({ log, telemetry: options.telemetry, counts, breakers: subgraphs.breakers });
  const { transports } = subgraphs;
  const formatError = createFormatError(log);
  const assembled = createGateway({ observeCost: observer.priced, ...options, supergraph, transports, introspection, formatError, operationMs: limits.operationMs, streams: streamSettings, counters: counts.streams, observer, found: counts.plans });
  const gateway = observeGateway(assembled, observer);
  const authenticate = createAuthenticate(createTokenVerifier(options.issuers, now), now);
  const readDocument = createReadDocument({ schema: gateway.schema, limits, introspection, found: counts.documents });
  const ide = introspection === 'none' ? undefined : createIde(() => readExamples(options.operationsDirectory, supergraph));
  const passThrough = createPassThrough({ ...passThroughDefaults, ...options.passThroughLimits, entries: options.passThrough ?? [], allowedOrigins, log });
  const streams = createHttpStreams({ limits, heartbeatMs: streamSettings.heartbeatMs, formatError, now });

  const connections = { ...limits, isShared: (address: string) => isProxy(trustedProxies, address) };

  let running: Running | undefined;
  let http: HttpServer | undefined;
  let sockets: ReturnType<typeof serveSockets> | undefined;
  const readiness = createGatewayReadiness({ phase: () => running?.phase() ?? 'starting', transports, now });
  const routes = [...graphqlRoutes({ gateway, readDocument, authenticate, formatError, limits, allowedOrigins, trustedProxies, ide, observer, streams }), ...healthRoutes({ readiness, version: options.telemetry?.version ?? 'unknown' }), ...passThrough.routes, ...pages, ...(options.routes ?? [])];

  const parts: Part[] = [
    { name: 'subgraphs', start: async () => undefined, stop: () => subgraphs.close() },
    { name: 'pass-through', start: async () => undefined, stop: () => passThrough.close() },
    {
      name: 'http',
      start: async () => void (http = await serveHttp({ host: options.host ?? '127.0.0.1', port: options.port, routes, log, connections })),
      stop: async (signal) => http?.close(signal),
    },
    { name: 'streams', start: async () => undefined, stop: async () => streams.close() },
    {
      name: 'sockets',
      start: async () => void (sockets = serveSockets({ http: http!.server, path: GRAPHQL_PATH, gateway, authenticate, readDocument, formatError, limits, bufferedBytes: streamSettings.bufferedBytes, allowedOrigins, trustedProxies, log, now, counts })),
      stop: async (signal) => sockets?.close(signal),
    },
  ];
  running = await run(parts, log);
  const url = `${http!.url}${GRAPHQL_PATH}`;
  return { url, subscriptionUrl: url.replace(/^http/, 'ws'), readiness, streams: counts.streams, stop: () => running.stop() };
};
