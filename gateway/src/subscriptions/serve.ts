import { newId, Problem, type Logger } from '@buffrsign/kernel/gateway';
import { type GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { CloseCode, makeServer, type Context, type ServerOptions, type SubscribePayload } from 'graphql-ws';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Authenticate } from '../authenticate.ts';
import type { RequestContext } from '../context.ts';
import { formatResult, type FormatError } from '../errors.ts';
import type { OperationRequest } from '../gateway.ts';
import type { ServedGraph } from '../graph/served-graph.ts';
import { clientOf, type TrustedProxies } from '../http/client.ts';
import { isAllowed, type AllowedOrigins } from '../http/cors.ts';
import type { Limits } from '../limits/limits.ts';
import type { Counts } from '../telemetry/counts.ts';
import type { UnderWay } from '../under-way.ts';
import { acceptSockets, type Accepted } from './accept.ts';
import { openSession, type SocketSession } from './session.ts';

export interface SocketsOptions {
  readonly http: Server;
  readonly path: string;
  /** The graph that is served now; read once for each operation. */
  readonly graph: () => ServedGraph;
  readonly underWay: UnderWay;
  readonly authenticate: Authenticate;
  readonly formatError: FormatError;
  readonly limits: Limits;
  readonly allowedOrigins: AllowedOrigins;
  readonly trustedProxies: TrustedProxies;
  readonly log: Logger;
  readonly now: () => Date;
  readonly counts: Counts;
}

interface OnSocket {
  session?: SocketSession;
}

type Params = Record<string, unknown> | undefined;
type SocketContext = Context<Params, Accepted & OnSocket>;

interface Prepared extends ExecutionArgs {
  readonly id: string;
  readonly session: SocketSession;
  readonly graph: ServedGraph;
  readonly contextValue: RequestContext;
}

/** Whoever leaves ends what runs for them; so does the end of the process, before it is too late to answer. */
const follow = (client: AbortSignal, underWay: UnderWay) => {
  const own = new AbortController();
  const onAbort = (): void => own.abort(client.reason);
  client.addEventListener('abort', onAbort, { once: true });
  const over = underWay.begin(own);
  return { signal: own.signal, over: () => (client.removeEventListener('abort', onAbort), over()) };
};

const requestOf = ({ document, operationName, variableValues, contextValue }: Prepared): OperationRequest => ({ document, operationName: operationName ?? undefined, variables: variableValues ?? {}, context: contextValue });

const refuse = (socket: Duplex, status: string): void => void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);

const createHandlers = (options: SocketsOptions, sessions: Map<WebSocket, SocketSession>): ServerOptions<Params, Accepted & OnSocket> => {
  const { graph: graphNow, underWay, authenticate, formatError, limits, trustedProxies, log, now, counts } = options;

  const prepare = (ctx: SocketContext, id: string, payload: SubscribePayload): Prepared | readonly GraphQLError[] => {
    if (Object.keys(ctx.subscriptions).length > limits.operationsPerSocket) {
      return [new Problem('RATE_LIMITED', { message: `At most ${limits.operationsPerSocket} operations may run on one socket at a time. End some first, or open another.` })];
    }
    const graph = graphNow();
    const document = graph.readDocument(payload.query);
    if (!('kind' in document)) return document;
    const session = ctx.extra.session!;
    const contextValue: RequestContext = { actor: session.actor, client: clientOf(ctx.extra.request, trustedProxies), requestId: newId('req'), signal: session.signal };
    return { id, session, graph, schema: graph.schema, document, operationName: payload.operationName, variableValues: payload.variables, contextValue };
  };

  const answer = async (prepared: Prepared): Promise<ExecutionResult> => {
    const { id, session, graph } = prepared;
    session.answering.began(id);
    const { signal, over } = follow(session.signal, underWay);
    const request = requestOf(prepared);
    return graph.answer({ ...request, context: { ...request.context, signal } }, { acts: true }).finally(over);
  };

  return {
    connectionInitWaitTimeout: limits.connectionInitMs,
    async onConnect(ctx) {
      const { socket } = ctx.extra;
      const session = await openSession({ params: ctx.connectionParams, authenticate, now, log, expired: () => socket.close(CloseCode.Forbidden, 'The access token expired. Connect again with a new one.') });
      if (!session) return false;
      // It may have closed while its token was looked at.
      if (socket.readyState !== socket.OPEN) {
        session.end();
        return false;
      }
      ctx.extra.session = session;
      sessions.set(socket, session);
      counts.sockets = sessions.size;
      return true;
    },
    onClose({ extra: { socket, session } }) {
      if (!session) return;
      session.end();
      sessions.delete(socket);
      counts.sockets = sessions.size;
    },
    onSubscribe: (ctx, id, payload) => prepare(ctx, id, payload),
    execute: (args) => answer(args as Prepared),
    onComplete: ({ extra: { session } }, id) => session?.answering.ended(id),
    subscribe: async (args) => (await (args as Prepared).graph.subscribe(requestOf(args as Prepared))) as ExecutionResult | AsyncIterableIterator<ExecutionResult>,
    onNext: (_ctx, _id, _payload, _args, result) => formatResult(result as ExecutionResult, formatError),
    onError: (_ctx, _id, _payload, errors) => errors.map((error) => formatError(error.toJSON(), error)),
  };
};

/** Serves all operations over graphql-transport-ws, on the same address as HTTP. */
export const serveSockets = (options: SocketsOptions): { close(signal: AbortSignal): Promise<void> } => {
  const { http, path, allowedOrigins, log } = options;
  const sessions = new Map<WebSocket, SocketSession>();
  let closing = false;
  const accepting = acceptSockets(makeServer(createHandlers(options, sessions)), options);

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', (error) => log.debug({ err: error }, 'a socket broke while it was opened'));
    // Not the constructor: it throws at addresses like `//`, and nobody catches what an event handler throws.
    if (URL.parse(request.url ?? '/', 'http://localhost')?.pathname !== path) return refuse(socket, '404 Not Found');
    if (closing) return refuse(socket, '503 Service Unavailable');
    if (!isAllowed(request.headers.origin, allowedOrigins)) return refuse(socket, '403 Forbidden');
    accepting.sockets.handleUpgrade(request, socket, head, (opened) => accepting.sockets.emit('connection', opened, request));
  };
  http.on('upgrade', upgrade);

  return {
    async close(signal) {
      closing = true;
      await accepting.close(signal, {
        answered: async (socket) => sessions.get(socket)?.answering.none(),
        closed: (socket) => sessions.get(socket)?.end(),
      });
      http.off('upgrade', upgrade);
    },
  };
};
