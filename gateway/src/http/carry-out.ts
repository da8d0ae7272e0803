import { Problem } from '@buffrsign/kernel/gateway';
import { getOperationAST, GraphQLError, type ExecutionResult, type FormattedExecutionResult } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate } from '../authenticate.ts';
import type { Deadline } from '../deadline.ts';
import { formatResult, toGraphQLError, type FormatError } from '../errors.ts';
import type { OperationRequest } from '../gateway.ts';
import type { ServedGraph } from '../graph/served-graph.ts';
import type { Limits } from '../limits/limits.ts';
import { cursorOf } from '../subscriptions/cursor-of.ts';
import { isLiveStream, type LiveStream } from '../subscriptions/subscribe.ts';
import type { Observation } from '../telemetry/observation.ts';
import type { Observer } from '../telemetry/observer.ts';
import type { TrustedProxies } from './client.ts';
import { preventCsrf } from './csrf.ts';
import { HttpError } from './http-error.ts';
import type { AnswerType } from './negotiate.ts';
import type { GraphQLParams, ReadParams } from './params.ts';
import type { StreamFormat } from './stream-format.ts';
import type { HttpStreams } from './streams.ts';

const COST_HEADER = 'x-graphql-cost';

/** A request on its way, and how its client takes an answer: at least one way. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly observation: Observation;
  /** Over when nobody waits for the answer any more, and when the time for it is. */
  readonly deadline: Deadline;
  readonly type: AnswerType | undefined;
  readonly format: StreamFormat | undefined;
}

export interface Parts {
  /** The graph that is served now; read once a request. */
  readonly graph: () => ServedGraph;
  readonly authenticate: Authenticate;
  readonly formatError: FormatError;
  readonly limits: Limits;
  readonly trustedProxies: TrustedProxies;
  readonly streams: HttpStreams;
  readonly observer: Observer;
}

/** What an error says of the status that its answer should have, such as 401 with a challenge. */
const httpOf = (errors: readonly unknown[]): { status?: number; headers?: Iterable<[string, string]> } => {
  const [error] = errors;
  return (error instanceof GraphQLError && (error.extensions['http'] as ReturnType<typeof httpOf> | undefined)) || {};
};

/** Statuses that a client gets whatever it asked for: they say who may come in, and how. */
export const always = new Set([401, 405, 406, 408, 413, 415, 429]);

/** An answer with its status, for whom takes statuses. */
export interface Carried {
  readonly status: number;
  readonly headers?: Iterable<[string, string]>;
  readonly body: FormattedExecutionResult;
  /** It went out as a stream of one event, or its client is gone. */
  readonly isWritten?: boolean;
}

/** Of an operation that was not carried out: whose fault it was. */
const statusOfNone = ({ errors = [] }: FormattedExecutionResult): number => (errors.some(({ extensions }) => extensions?.['code'] === 'INTERNAL') ? 500 : 400);

const carriedOf = (result: ExecutionResult, formatError: FormatError): Carried => {
  const body = formatResult(result, formatError);
  return { status: result.data === undefined ? statusOfNone(body) : 200, ...(result.errors && httpOf(result.errors)), body };
};

/** Where a client was: what it says in the request, or what a browser says by itself when it connects again. */
const cursorIn = ({ extensions }: GraphQLParams, request: IncomingMessage): ReturnType<typeof cursorOf> => cursorOf(extensions) ?? (String(request.headers['last-event-id'] ?? '') || undefined);

/** Whether a client wants to know what its operation was estimated to cost, in `extensions.cost`. */
const asksForCost = ({ headers }: IncomingMessage): boolean => headers[COST_HEADER] !== undefined && headers[COST_HEADER] !== '0';

const isSubscription = ({ document, operationName }: OperationRequest): boolean => getOperationAST(document, operationName)?.operation === 'subscription';

const answer = (operation: OperationRequest, params: GraphQLParams, { request, format }: Exchange, graph: ServedGraph): Promise<ExecutionResult | LiveStream> => {
  if (!format || !isSubscription(operation)) return graph.answer({ ...operation, reportsCost: asksForCost(request) }, { acts: request.method === 'POST' });
  const cursor = cursorIn(params, request);
  return cursor instanceof Problem ? Promise.resolve({ errors: [cursor] }) : graph.subscribe({ ...operation, cursor });
};

/** Carries a request out. What a client gets that takes streams only, or subscribes, is written here. */
export const carryOut = async (exchange: Exchange, parts: Parts, readParams: ReadParams): Promise<Carried | 'streaming'> => {
  const { request, response, observation, deadline, type, format } = exchange;
  preventCsrf(request);
  const params = await readParams(request, parts.limits);
  const session = await parts.authenticate(request.headers.authorization);
  const context = { actor: session.actor, client: observation.client!, requestId: observation.requestId, signal: deadline.signal, observation };
  const graph = parts.graph();
  const document = graph.readDocument(params.query);
  const result = 'kind' in document ? await answer({ document, operationName: params.operationName, variables: params.variables, context }, params, exchange, graph) : { errors: document };
  if (isLiveStream(result)) {
    if (response.destroyed) return { status: 499, body: {}, isWritten: true };
    // A stream may take as long as its client listens.
    deadline.untimed();
    parts.streams.serve(result, { response, format: format!, session, client: context.client });
    return 'streaming';
  }
  const carried = carriedOf(result, parts.formatError);
  if (type || !format || always.has(carried.status) || response.destroyed) return carried;
  parts.streams.answer(result, { response, format });
  return { ...carried, isWritten: true };
};

/** What is wrong with the request itself, as an answer. */
export const faultOf = (error: unknown, { formatError }: Parts): Carried => {
  if (error instanceof HttpError) return { status: error.status, body: { errors: [{ message: error.message, extensions: { code: error.code } }] } };
  return { status: 500, ...httpOf([error]), body: formatResult({ errors: [toGraphQLError(error)] }, formatError) };
};
