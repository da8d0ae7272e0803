import { newId, Problem, type Logger } from '@buffrsign/kernel/gateway';
import { type GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { CloseCode, makeServer, type Context, type ServerOptions, type SubscribePayload } from 'graphql-ws';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Authenticate } from '../authenticate.ts';
import type { RequestContext } from '../context.ts';
import { createDeadline } from '../deadline.ts';
import type { ReadDocument } from '../documents.ts';
import { formatResult, type FormatError } from '../errors.ts';
import type { Gateway, OperationRequest } from '../gateway.ts';
import { clientOf, type TrustedProxies } from '../http/client.ts';
import { isAllowed, type AllowedOrigins } from '../http/cors.ts';
import type { Limits } from '../limits/limits.ts';
import type { Counts } from '../telemetry/counts.ts';
import { createOccupancy } from '../limits/occupancy.ts';
import { acceptSockets, type Accepted } from './accept.ts';
import { cursorOf } from './cursor-of.ts';
import { EXPIRED } from './expiry.ts';
import { openSession, type SocketSession } from './session.ts';
import { openSocketStream } from './socket-stream.ts';
import { isLiveStream } from './subscribe.ts';

export interface SocketsOptions {
  readonly http: Server;
  readonly path: string;
  readonly gateway: Gateway;
  readonly authenticate: Authenticate;
  readonly readDocument: ReadDocument;
  readonly formatError: FormatError;
  readonly limits: Limits;
  /** Bytes that may wait in a socket before no more events are written to it. */
  readonly bufferedBytes: number;
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
  readonly contextValue: RequestContext;
  /** Of the operation on its socket. */
  readonly id: string;
  readonly socket: WebSocket;
  readonly cursor: string | undefined;
}

const requestOf = ({ document, operationName, variableValues, contextValue, cursor }: Prepared): OperationRequest => ({ document, operationName: operationName ?? undefined, variables: variableValues ?? {}, context: contextValue, cursor });

/** IANA's WebSocket close codes: the server is full. Clients try again after a while. */
const TRY_AGAIN_LATER = 1013;

const refuse = (socket: Duplex, status: string): void => void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);

/** Prepares an operation, or says why not. */
const createPrepare = ({ gateway, readDocument, limits, trustedProxies }: SocketsOptions) => (ctx: SocketContext, id: string, payload: SubscribePayload): Prepared | readonly GraphQLError[] => {
  if (Object.keys(ctx.subscriptions).length > limits.operationsPerSocket) {
    return [new Problem('RATE_LIMITED', { message: `At most ${limits.operationsPerSocket} operations may run on one socket at a time. End some first, or open another.` })];
  }
  const document = readDocument(payload.query);
  if (!('kind' in document)) return document;
  const { socket, request, session } = ctx.extra;
  const { actor, signal } = session!;
  const contextValue: RequestContext = { actor, client: clientOf(request, trustedProxies), requestId: newId('req'), signal };
  const cursor = cursorOf(payload.extensions);
  if (cursor instanceof Problem) return [cursor];
  return { schema: gateway.schema, document, operationName: payload.operationName, variableValues: payload.variables, contextValue, id, socket, cursor };
};

const createHandlers = (options: SocketsOptions, sessions: Set<SocketSession>): ServerOptions<Params, Accepted & OnSocket> => {
  const { gateway, authenticate, formatError, limits, bufferedBytes, log, now, counts } = options;
  const prepare = createPrepare(options);

  return {
    connectionInitWaitTimeout: limits.connectionInitMs,
    async onConnect(ctx) {
      const { socket } = ctx.extra;
      const session = await openSession({ params: ctx.connectionParams, authenticate, now, log, expired: () => socket.close(CloseCode.Forbidden, EXPIRED) });
      if (!session) return false;
      // It may have closed while its token was looked at.
      if (socket.readyState !== socket.OPEN) {
        session.end();
        return false;
      }
      ctx.extra.session = session;
      sessions.add(session);
      counts.sockets = sessions.size;
      return true;
    },
    onClose({ extra: { session } }) {
      if (!session) return;
      session.end();
      sessions.delete(session);
      counts.sockets = sessions.size;
    },
    onSubscribe: prepare,
    async execute(args) {
      const request = requestOf(args as Prepared);
      const deadline = createDeadline(limits.operationMs, request.context.signal);
      return gateway.answer({ ...request, context: { ...request.context, signal: deadline.signal } }, { acts: true }).finally(deadline.done);
    },
    async subscribe(args) {
      const { id, socket } = args as Prepared;
      const opened = await gateway.subscribe(requestOf(args as Prepared));
      return isLiveStream(opened) ? openSocketStream(opened, { socket, id, bufferedBytes }) : opened;
    },
    // Of whatever is one answer; streams write their events themselves.
    onNext: (_ctx, _id, _payload, _args, result) => formatResult(result as ExecutionResult, formatError),
    onError: (_ctx, _id, _payload, errors) => errors.map((error) => formatError(error.toJSON(), error)),
  };
};

/** Serves all operations over graphql-transport-ws, on the same address as HTTP. */
export const serveSockets = (options: SocketsOptions): { close(signal: AbortSignal): Promise<void> } => {
  const { http, path, allowedOrigins, trustedProxies, limits, log } = options;
  const sessions = new Set<SocketSession>();
  const occupancy = createOccupancy('WebSockets', { perClient: limits.socketsPerClient, inAll: limits.sockets });
  const accepting = acceptSockets(makeServer(createHandlers(options, sessions)), options);

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', (error) => log.debug({ err: error }, 'a socket broke while it was opened'));
    // Not the constructor: it throws at addresses like `//`, and nobody catches what an event handler throws.
    if (URL.parse(request.url ?? '/', 'http://localhost')?.pathname !== path) return refuse(socket, '404 Not Found');
    if (!isAllowed(request.headers.origin, allowedOrigins)) return refuse(socket, '403 Forbidden');
    const leave = occupancy.enter(clientOf(request, trustedProxies).ip);
    if (typeof leave !== 'string') socket.once('close', leave);
    accepting.sockets.handleUpgrade(request, socket, head, (opened) => {
      // A browser is not told why a handshake failed, but it is why a socket was closed.
      if (typeof leave === 'string') opened.on('error', (error) => log.debug({ err: error }, 'a refused socket broke')).close(TRY_AGAIN_LATER, leave);
      else accepting.sockets.emit('connection', opened, request);
    });
  };
  http.on('upgrade', upgrade);

  return {
    async close(signal) {
      http.off('upgrade', upgrade);
      // Closed first and ended after: a stream that ended with "complete" would not be asked for again by its client.
      const closed = accepting.close(signal);
      for (const session of sessions) session.end();
      await closed;
    },
  };
};
