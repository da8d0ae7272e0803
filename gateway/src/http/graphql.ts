import { newId, sendJson, within, type Route } from '@buffrsign/kernel/gateway';
import { GraphQLError, type FormattedExecutionResult } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate } from '../authenticate.ts';
import { formatResult, type FormatError } from '../errors.ts';
import type { ServedGraph } from '../graph/served-graph.ts';
import type { Ide } from '../ide/routes.ts';
import type { Limits } from '../limits/limits.ts';
import type { Observation } from '../telemetry/observation.ts';
import type { Observer } from '../telemetry/observer.ts';
import { DeadlineError } from '../transport/unavailable.ts';
import type { UnderWay } from '../under-way.ts';
import { endWith } from './compress.ts';
import { clientOf, type TrustedProxies } from './client.ts';
import { answerPreflight, setCors, type AllowedOrigins } from './cors.ts';
import { preventCsrf } from './csrf.ts';
import { HttpError } from './http-error.ts';
import { negotiate, type AnswerType } from './negotiate.ts';
import { createReadParams, type ReadParams } from './params.ts';

export const GRAPHQL_PATH = '/graphql';
const COST_HEADER = 'x-graphql-cost';

interface Parts {
  /** The graph that is served now; read once a request. */
  readonly graph: () => ServedGraph;
  readonly underWay: UnderWay;
  readonly authenticate: Authenticate;
  readonly formatError: FormatError;
  readonly limits: Limits;
  readonly allowedOrigins: AllowedOrigins;
  /** The page for people; none where they are not to read the schema. */
  readonly ide: Ide | undefined;
  readonly trustedProxies: TrustedProxies;
  readonly observer: Observer;
}

/** A request id of the client's is kept when it can do no harm in a log. */
const requestIdOf = (request: IncomingMessage): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : newId('req');
};

/** Where the client stands in a trace of its own. */
const traceparentOf = ({ headers }: IncomingMessage): string | undefined => (typeof headers['traceparent'] === 'string' ? headers['traceparent'] : undefined);

/** Whether a client wants to know what its operation was estimated to cost, in `extensions.cost`. */
const asksForCost = ({ headers }: IncomingMessage): boolean => headers[COST_HEADER] !== undefined && headers[COST_HEADER] !== '0';

/** Aborts when the connection closes before the answer is out, and when the time for an operation is over. */
const signalOf = (response: ServerResponse, { limits, underWay }: Parts): AbortSignal => {
  const gone = new AbortController();
  const over = underWay.begin(gone);
  const timer = setTimeout(() => gone.abort(new DeadlineError('The time for this operation is over.')), limits.operationMs);
  response.once('close', () => {
    clearTimeout(timer);
    over();
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
};

/** What an error says of the status that its answer should have, such as 401 with a challenge. */
const httpOf = (errors: readonly unknown[]): { status?: number; headers?: Iterable<[string, string]> } => {
  const [error] = errors;
  return (error instanceof GraphQLError && (error.extensions['http'] as ReturnType<typeof httpOf> | undefined)) || {};
};

/** Carries a request out: the answer with its status, for whom takes statuses. */
const carryOut = async (request: IncomingMessage, observation: Observation, signal: AbortSignal, parts: Parts, readParams: ReadParams) => {
  const { authenticate, formatError, limits } = parts;
  preventCsrf(request);
  const { query, operationName, variables } = await readParams(request, limits);
  const { actor } = await authenticate(request.headers.authorization);
  const context = { actor, client: observation.client!, requestId: observation.requestId, signal, observation };
  const graph = parts.graph();
  const document = graph.readDocument(query);
  const result = 'kind' in document ? await graph.answer({ document, operationName, variables, context, reportsCost: asksForCost(request) }, { acts: request.method === 'POST' }) : { errors: document };
  return { body: formatResult(result, formatError), status: result.data === undefined ? 400 : 200, ...httpOf(result.errors ?? []) };
};

type Carried = Awaited<ReturnType<typeof carryOut>>;

/** What is wrong with the request itself, as an answer. */
const faultOf = (error: unknown, { formatError, observer }: Parts, observation: Observation): Carried => {
  if (error instanceof HttpError) return { status: error.status, body: { errors: [{ message: error.message, extensions: { code: error.code } }] } };
  if (error instanceof GraphQLError) return { status: 500, ...httpOf([error]), body: formatResult({ errors: [error] }, formatError) };
  observer.end(observation, { status: 500, errors: [{}] });
  throw error;
};

/** Statuses that a client gets whatever it asked for: they say who may come in, and how. */
const always = new Set([401, 405, 406, 408, 413, 415]);

const isOperationFault = (body: FormattedExecutionResult): boolean => (body.errors ?? []).some(({ extensions }) => /^GRAPHQL_|^BAD_USER_INPUT$|^OPERATION_/.test(String(extensions?.['code'])));

const send = async (request: IncomingMessage, response: ServerResponse, type: AnswerType, { status, headers, body }: Carried): Promise<void> => {
  for (const [name, value] of headers ?? []) response.setHeader(name, value);
  // What is left of the body is not read, so the connection cannot be used again.
  if (!request.complete) response.setHeader('connection', 'close');
  response.setHeader('content-type', type.contentType);
  response.statusCode = type.faultsAreOk && !always.has(status) && isOperationFault(body) ? 200 : status;
  await endWith(request, response, JSON.stringify(body));
};

const createAnswer = (parts: Parts) => {
  const readParams = createReadParams();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = requestIdOf(request);
    response.setHeader('x-request-id', requestId);
    response.setHeader('cache-control', 'no-store');
    setCors(request, response, parts.allowedOrigins);
    const type = negotiate(request.headers.accept);
    if (!type) return sendJson(response, 406, { errors: [{ message: 'Answers come as application/graphql-response+json or application/json. Accept one of them.', extensions: { code: 'BAD_REQUEST' } }] });
    const observation = parts.observer.begin(requestId, traceparentOf(request));
    observation.client = clientOf(request, parts.trustedProxies);
    const carried = await within(observation, carryOut, request, observation, signalOf(response, parts), parts, readParams).catch((error: unknown) => faultOf(error, parts, observation));
    parts.observer.end(observation, { status: carried.status, ...carried.body });
    if (!response.destroyed) await send(request, response, type, carried);
  };
};

const wantsPage = ({ headers, url = '' }: IncomingMessage): boolean => (headers.accept ?? '').includes('text/html') && !url.includes('query=');

/** GraphQL over HTTP, and the page for people who open the address in a browser. */
export const graphqlRoutes = (parts: Parts): Route[] => {
  const answer = createAnswer(parts);
  return [
    { method: 'POST', path: GRAPHQL_PATH, handle: answer },
    { method: 'GET', path: GRAPHQL_PATH, handle: (request, response) => (parts.ide && wantsPage(request) ? parts.ide.page(request, response) : answer(request, response)) },
    { method: 'OPTIONS', path: GRAPHQL_PATH, handle: async (request, response) => answerPreflight(request, response, parts.allowedOrigins) },
    { method: 'GET', path: '/', handle: async (_request, response) => void response.writeHead(302, { location: GRAPHQL_PATH }).end() },
    ...(parts.ide?.routes ?? []),
  ];
};
