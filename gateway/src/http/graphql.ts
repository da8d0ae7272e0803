import { HeaderMap, type ApolloServer, type HTTPGraphQLResponse } from '@apollo/server';
import { newId, sendJson, type Route } from '@buffrsign/kernel/gateway';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate } from '../authenticate.ts';
import type { RequestContext } from '../context.ts';
import type { Limits } from '../limits/limits.ts';
import { BodyError, readJson } from './body.ts';
import { clientOf, type TrustedProxies } from './client.ts';
import { answerPreflight, setCors, type AllowedOrigins } from './cors.ts';

export const GRAPHQL_PATH = '/graphql';

interface Parts {
  readonly server: ApolloServer<RequestContext>;
  readonly authenticate: Authenticate;
  readonly limits: Limits;
  readonly allowedOrigins: AllowedOrigins;
  readonly trustedProxies: TrustedProxies;
}

/** A request id of the client's is kept when it can do no harm in a log. */
const requestIdOf = (request: IncomingMessage): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : newId('req');
};

/** Aborts when the connection closes before the answer is out. */
const signalOf = (response: ServerResponse): AbortSignal => {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
};

const headersOf = (request: IncomingMessage): HeaderMap =>
  new HeaderMap(Object.entries(request.headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]])));

const send = async (response: ServerResponse, { status, headers, body }: HTTPGraphQLResponse): Promise<void> => {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.statusCode = status ?? 200;
  if (body.kind === 'complete') return void response.end(body.string);
  for await (const chunk of body.asyncIterator) {
    if (!response.write(chunk)) await once(response, 'drain');
  }
  response.end();
};

const refuseBody = (response: ServerResponse, error: BodyError): void => {
  // What is left of the body is not read, so the connection cannot be used again.
  response.setHeader('connection', 'close');
  sendJson(response, error.status, { errors: [{ message: error.message, extensions: { code: 'BAD_REQUEST' } }] });
};

const answer = async (request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> => {
  const requestId = requestIdOf(request);
  const signal = signalOf(response);
  response.setHeader('x-request-id', requestId);
  setCors(request, response, parts.allowedOrigins);
  try {
    const httpGraphQLRequest = {
      method: (request.method ?? 'GET').toUpperCase(),
      headers: headersOf(request),
      search: new URL(request.url ?? '/', 'http://localhost').search,
      body: request.method === 'POST' ? await readJson(request, parts.limits.bodyBytes) : undefined,
    };
    const context = async (): Promise<RequestContext> => ({ actor: (await parts.authenticate(request.headers.authorization)).actor, client: clientOf(request, parts.trustedProxies), requestId, signal });
    await send(response, await parts.server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context }));
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    refuseBody(response, error);
  }
};

/** GraphQL over HTTP, and the page for people who open the address in a browser. */
export const graphqlRoutes = (parts: Parts): Route[] => [
  { method: 'POST', path: GRAPHQL_PATH, handle: (request, response) => answer(request, response, parts) },
  { method: 'GET', path: GRAPHQL_PATH, handle: (request, response) => answer(request, response, parts) },
  { method: 'OPTIONS', path: GRAPHQL_PATH, handle: async (request, response) => answerPreflight(request, response, parts.allowedOrigins) },
  { method: 'GET', path: '/', handle: async (_request, response) => void response.writeHead(302, { location: GRAPHQL_PATH }).end() },
];
