import { newId, sendJson, within, type Route } from '@buffrsign/kernel/gateway';
import type { FormattedExecutionResult } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createDeadline, type Deadline } from '../deadline.ts';
import type { Ide } from '../ide/routes.ts';
import type { UnderWay } from '../under-way.ts';
import { always, carryOut, faultOf, type Carried, type Parts } from './carry-out.ts';
import { clientOf } from './client.ts';
import { endWith } from './compress.ts';
import { answerPreflight, setCors, type AllowedOrigins } from './cors.ts';
import { createNegotiate, PLAIN, type AnswerType } from './negotiate.ts';
import { createReadParams } from './params.ts';

export const GRAPHQL_PATH = '/graphql';

interface RouteParts extends Parts {
  readonly underWay: UnderWay;
  readonly allowedOrigins: AllowedOrigins;
  /** The page for people; none where they are not to read the schema. */
  readonly ide: Ide | undefined;
}

/** A request id of the client's is kept when it can do no harm in a log. */
const requestIdOf = (request: IncomingMessage): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : newId('req');
};

/** Where the client stands in a trace of its own. */
const traceparentOf = ({ headers }: IncomingMessage): string | undefined => (typeof headers['traceparent'] === 'string' ? headers['traceparent'] : undefined);

/** Over when the connection closes before the answer is out, when the time for an operation is, and when the process ends. */
const deadlineOf = (response: ServerResponse, { limits, underWay }: RouteParts): Deadline => {
  const deadline = createDeadline(limits.operationMs);
  const over = underWay.begin(deadline);
  response.once('close', () => {
    deadline.done();
    over();
    if (!response.writableFinished) deadline.abort();
  });
  return deadline;
};

const isOperationFault = (body: FormattedExecutionResult): boolean => (body.errors ?? []).some(({ extensions }) => /^GRAPHQL_|^BAD_USER_INPUT$|^OPERATION_/.test(String(extensions?.['code'])));

const send = async (request: IncomingMessage, response: ServerResponse, type: AnswerType, { status, headers, body }: Carried): Promise<void> => {
  for (const [name, value] of headers ?? []) response.setHeader(name, value);
  // What is left of the body is not read, so the connection cannot be used again.
  if (!request.complete) response.setHeader('connection', 'close');
  response.setHeader('content-type', type.contentType);
  response.statusCode = type.faultsAreOk && !always.has(status) && isOperationFault(body) ? 200 : status;
  await endWith(request, response, JSON.stringify(body));
};

const createAnswer = (parts: RouteParts) => {
  const [readParams, negotiate] = [createReadParams(), createNegotiate()];
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = requestIdOf(request);
    response.setHeader('x-request-id', requestId);
    response.setHeader('cache-control', 'no-store');
    setCors(request, response, parts.allowedOrigins);
    const { type, format } = negotiate(request.headers.accept);
    if (!type && !format) return sendJson(response, 406, notAcceptable);
    const observation = parts.observer.begin(requestId, traceparentOf(request));
    observation.client = clientOf(request, parts.trustedProxies);
    const exchange = { request, response, observation, deadline: deadlineOf(response, parts), type, format };
    const carried = await within(observation, carryOut, exchange, parts, readParams).catch((error: unknown) => faultOf(error, parts));
    // A stream is over when its client has left it.
    if (carried === 'streaming') return;
    parts.observer.end(observation, { status: carried.status, ...carried.body });
    if (!carried.isWritten && !response.destroyed) await send(request, response, type ?? PLAIN, carried);
  };
};

const wantsPage = ({ headers, url = '' }: IncomingMessage): boolean => (headers.accept ?? '').includes('text/html') && !url.includes('query=');

const notAcceptable = {
  errors: [{ message: 'Answers come as application/graphql-response+json or application/json, and streams as text/event-stream or multipart/mixed;subscriptionSpec="1.0". Accept one of them.', extensions: { code: 'BAD_REQUEST' } }],
};

/** GraphQL over HTTP, and the page for people who open the address in a browser. */
export const graphqlRoutes = (parts: RouteParts): Route[] => {
  const answer = createAnswer(parts);
  return [
    { method: 'POST', path: GRAPHQL_PATH, handle: answer },
    { method: 'GET', path: GRAPHQL_PATH, handle: (request, response) => (parts.ide && wantsPage(request) ? parts.ide.page(request, response) : answer(request, response)) },
    { method: 'OPTIONS', path: GRAPHQL_PATH, handle: async (request, response) => answerPreflight(request, response, parts.allowedOrigins) },
    { method: 'GET', path: '/', handle: async (_request, response) => void response.writeHead(302, { location: GRAPHQL_PATH }).end() },
    ...(parts.ide?.routes ?? []),
  ];
};
