import { ACTOR_HEADER, mintActorToken, type Logger, type SubgraphRequest, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import { Pool } from 'undici';
import { createSocketSubscriptions } from './sockets.ts';
import { abandoned, createUnavailable } from './unavailable.ts';

/** A way to a subgraph over the network. */
export interface HttpTransport extends SubgraphTransport {
  /** Ends open subscriptions and connections. */
  close(): Promise<void>;
}

export interface HttpTransportOptions {
  readonly name: string;
  /** Where the subgraph answers; without a path, at `/graphql`. */
  readonly url: string;
  readonly actorTokenSecret: string;
  readonly log: Logger;
  /** Time that one fetch may take, in milliseconds. */
  readonly timeoutMs?: number;
}

const FETCH_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 3_000;
const CONNECTIONS = 64;
/** Shorter than the idle time of the kernel's servers, so that a request never meets a connection being closed. */
const IDLE_MS = 30_000;

const endpointOf = (url: string): URL => {
  const endpoint = new URL(url);
  if (endpoint.pathname === '/') endpoint.pathname = '/graphql';
  return endpoint;
};

const isResult = (body: unknown): body is ExecutionResult => typeof body === 'object' && body !== null && ('data' in body || ('errors' in body && Array.isArray(body.errors)));

export const createHttpTransport = ({ name, url, actorTokenSecret, log, timeoutMs = FETCH_TIMEOUT_MS }: HttpTransportOptions): HttpTransport => {
  const endpoint = endpointOf(url);
  const pool = new Pool(endpoint.origin, { connections: CONNECTIONS, keepAliveTimeout: IDLE_MS, keepAliveMaxTimeout: IDLE_MS, connect: { timeout: CONNECT_TIMEOUT_MS } });
  const unavailable = createUnavailable(name, log);
  const subscriptions = createSocketSubscriptions({ name, endpoint, actorTokenSecret, log });

  const send = async ({ query, variables, operationName, actor, requestId, signal }: SubgraphRequest): Promise<unknown> => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const response = await pool.request({
      path: endpoint.pathname + endpoint.search,
      method: 'POST',
      // Made here from nothing: no header of the client's reaches a subgraph.
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-request-id': requestId, [ACTOR_HEADER]: mintActorToken(actor, actorTokenSecret) },
      body: JSON.stringify({ query, variables, operationName }),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    const text = await response.body.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`It answered with HTTP ${response.statusCode} and no JSON.`);
    }
  };

  return {
    async execute(request) {
      try {
        const body = await send(request);
        if (isResult(body)) return body;
        throw new Error('It answered with JSON that is no GraphQL result.');
      } catch (error) {
        throw request.signal?.aborted ? abandoned(request.signal) : unavailable(error, request.requestId);
      }
    },
    subscribe: subscriptions.subscribe,
    async close() {
      subscriptions.close();
      await pool.close();
    },
  };
};
