import { newId, Problem, type Logger } from '@buffrsign/kernel/gateway';
import { type GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { CloseCode, makeServer, type Context, type ServerOptions, type SubscribePayload } from 'graphql-ws';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Authenticate } from '../authenticate.ts';
import type { RequestContext } from '../context.ts';
import type { ReadDocument } from '../documents.ts';
import { formatResult, type FormatError } from '../errors.ts';
import type { Gateway, OperationRequest } from '../gateway.ts';
import { clientOf, type TrustedProxies } from '../http/client.ts';
import { isAllowed, type AllowedOrigins } from '../http/cors.ts';
import type { Limits } from '../limits/limits.ts';
import { acceptSockets, type Accepted } from './accept.ts';
import { openSession, type SocketSession } from './session.ts';

export interface SocketsOptions {
  readonly http: Server;
  readonly path: string;
  readonly gateway: Gateway;
  readonly authenticate: Authenticate;
  readonly readDocument: ReadDocument;
  readonly formatError: FormatError;
  readonly limits: Limits;
  readonly allowedOrigins: AllowedOrigins;
  readonly trustedProxies: TrustedProxies;
  readonly log: Logger;
  readonly now: () => Date;
}

interface OnSocket {
  session?: SocketSession;
}

type Params = Record<string, unknown> | undefined;
type SocketContext = Context<Params, Accepted & OnSocket>;

interface Prepared extends ExecutionArgs {
  readonly contextValue: RequestContext;
}

const requestOf = ({ document, operationName, variableValues, contextValue }: Prepared): OperationRequest => ({ document, operationName: operationName ?? undefined, variables: variableValues ?? {}, context: contextValue });

const refuse = (socket: Duplex, status: string): void => void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);

const createHandlers = (options: SocketsOptions, sessions: Set<SocketSession>): ServerOptions<Params, Accepted & OnSocket> => {
  const { gateway, authenticate, readDocument, formatError, limits, trustedProxies, log, now } = options;

  const prepare = (ctx: SocketContext, payload: SubscribePayload): Prepared | readonly GraphQLError[] => {
    if (Object.keys(ctx.subscriptions).length > limits.operationsPerSocket) {
      return [new Problem('RATE_LIMITED', { message: `At most ${limits.operationsPerSocket} operations may run on one socket at a time. End some first, or open another.` })];
    }
    const document = readDocument(payload.query);
    if (!('kind' in document)) return document;
    const session = ctx.extra.session!;
    const contextValue: RequestContext = { actor: session.actor, client: clientOf(ctx.extra.request, trustedProxies), requestId: newId('req'), signal: session.signal };
    return { schema: gateway.schema, document, operationName: payload.operationName, variableValues: payload.variables, contextValue };
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
      sessions.add(session);
      return true;
    },
    onClose({ extra: { session } }) {
      if (!session) return;
      session.end();
      sessions.delete(session);
    },
    onSubscribe: (ctx, _id, payload) => prepare(ctx, payload),
    execute: (args) => gateway.answer(requestOf(args as Prepared), { acts: true }),
    subscribe: async (args) => (await gateway.subscribe(requestOf(args as Prepared))) as ExecutionResult | AsyncIterableIterator<ExecutionResult>,
    onNext: (_ctx, _id, _payload, _args, result) => formatResult(result as ExecutionResult, formatError),
    onError: (_ctx, _id, _payload, errors) => errors.map((error) => formatError(error.toJSON(), error)),
  };
};

/** Serves all operations over graphql-transport-ws, on the same address as HTTP. */
export const serveSockets = (options: SocketsOptions): { close(signal: AbortSignal): Promise<void> } => {
  const { http, path, allowedOrigins, log } = options;
  const sessions = new Set<SocketSession>();
  const accepting = acceptSockets(makeServer(createHandlers(options, sessions)), options);

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', (error) => log.debug({ err: error }, 'a socket broke while it was opened'));
    // Not the constructor: it throws at addresses like `//`, and nobody catches what an event handler throws.
    if (URL.parse(request.url ?? '/', 'http://localhost')?.pathname !== path) return refuse(socket, '404 Not Found');
    if (!isAllowed(request.headers.origin, allowedOrigins)) return refuse(socket, '403 Forbidden');
    accepting.sockets.handleUpgrade(request, socket, head, (opened) => accepting.sockets.emit('connection', opened, request));
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
