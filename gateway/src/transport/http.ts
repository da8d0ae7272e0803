import { ACTOR_HEADER, type Logger, type SubgraphRequest, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import { errors as httpErrors, Pool } from 'undici';
import { createBoundedMap } from '../bounded-map.ts';
import { createActorTokens } from './actor-tokens.ts';
import { createBreaker } from './breaker.ts';
import { post, type Posted } from './post.ts';
import { createSocketSubscriptions } from './sockets.ts';
import { abandoned, createUnavailable } from './unavailable.ts';

/** A way to a subgraph over the network. */
export interface HttpTransport extends SubgraphTransport {
  /** Whether the subgraph did not answer several times in a row and is left alone. */
  isResting(): boolean;
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
/** Characters of all texts together that are kept written as JSON. */
const QUERY_CHARACTERS = 4_000_000;

const endpointOf = (url: string): URL => {
  const endpoint = new URL(url);
  if (endpoint.pathname === '/') endpoint.pathname = '/graphql';
  return endpoint;
};

const isResult = (body: unknown): body is ExecutionResult => typeof body === 'object' && body !== null && ('data' in body || ('errors' in body && Array.isArray(body.errors)));

const parse = ({ status, text }: Posted): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`It answered with HTTP ${status} and no JSON.`);
  }
};

const resultOf = (posted: Posted): ExecutionResult => {
  const body = parse(posted);
  if (!isResult(body)) throw new Error('It answered with JSON that is no GraphQL result.');
  return body;
};

/** Bodies of requests. The text of a query is written as JSON once: plans are few, and their texts are long. */
const createBodyOf = (): ((request: SubgraphRequest) => string) => {
  const written = createBoundedMap<string>(QUERY_CHARACTERS, (text) => text.length);
  const write = (query: string): string => {
    const json = JSON.stringify(query);
    written.set(query, json);
    return json;
  };
  return ({ query, operationName, variables }) => {
    const known = written.get(query) ?? write(query);
    const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
    return `{"query":${known}${name}${variables === undefined ? '' : `,"variables":${JSON.stringify(variables)}`}}`;
  };
};

/** Whether a connection broke before an answer began: what only reads can then be asked again. */
const isBrokenOff = (error: unknown): boolean => error instanceof httpErrors.SocketError || (error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE'));

export const createHttpTransport = ({ name, url, actorTokenSecret, log, timeoutMs = FETCH_TIMEOUT_MS }: HttpTransportOptions): HttpTransport => {
  const endpoint = endpointOf(url);
  const path = endpoint.pathname + endpoint.search;
  const pool = new Pool(endpoint.origin, {
    connections: CONNECTIONS,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const unavailable = createUnavailable(name, log);
  const subscriptions = createSocketSubscriptions({ name, endpoint, actorTokenSecret, log });
  const [tokenOf, bodyOf, breaker] = [createActorTokens(actorTokenSecret), createBodyOf(), createBreaker()];

  const send = (request: SubgraphRequest): Promise<Posted> => {
    const { actor, client, requestId, traceparent, signal } = request;
    // Made here from nothing: no header of the client's reaches a subgraph.
    const headers = ['content-type', 'application/json', 'accept', 'application/json', 'x-request-id', requestId, ACTOR_HEADER, tokenOf(actor, client)];
    if (traceparent !== undefined) headers.push('traceparent', traceparent);
    return post(pool, { path, headers, body: bodyOf(request) }, signal);
  };

  const ask = async (request: SubgraphRequest, isAgain: boolean): Promise<ExecutionResult> => {
    try {
      const result = resultOf(await send(request));
      breaker.succeeded();
      return result;
    } catch (error) {
      // A client that leaves says nothing of the subgraph.
      if (request.signal?.aborted) throw abandoned(request.signal);
      if (!isAgain && request.isMutation === false && isBrokenOff(error)) {
        log.debug({ err: error, subgraph: name, requestId: request.requestId }, 'a connection broke; asking again');
        return ask(request, true);
      }
      breaker.failed();
      throw unavailable(error, request.requestId);
    }
  };

  return {
    execute(request) {
      if (breaker.mayTry()) return ask(request, false);
      return Promise.reject(unavailable(new Error('It did not answer several times in a row and is left alone for a moment.'), request.requestId));
    },
    subscribe: subscriptions.subscribe,
    isResting: breaker.isOpen,
    async close() {
      subscriptions.close();
      await pool.close();
    },
  };
};
