import type { Server } from 'node:http';
import { GraphQLError, parse, print, type DocumentNode, type ExecutionResult, type FormattedExecutionResult } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';

import { WebSocketServer } from 'ws';
import { verifyActorToken, type Caller } from '../auth/actor-token.ts';
import { newId } from '../data/ids.ts';
import type { SubgraphRequest, SubgraphTransport } from '../gateway/transport.ts';

// An index signature comes with a type, not with an interface; graphql-ws asks for one.
type Extra = { caller: Caller };

const parsed = (query: string): DocumentNode | GraphQLError => {
  try {
    return parse(query);
  } catch (error) {
    return error as GraphQLError;
  }
};

const soundId = /^[\w.:-]{1,128}$/;

/** What the gateway says of the request that it asks for. */
const toldIn = (extensions: Record<string, unknown> | null | undefined): { requestId: string; traceparent?: string } => {
  const { requestId, traceparent } = extensions ?? {};
  return { requestId: typeof requestId === 'string' && soundId.test(requestId) ? requestId : newId('req'), ...(typeof traceparent === 'string' && { traceparent }) };
};

/** Where the client goes on. What is no text is no cursor either, and is refused as such where it is read. */
const cursorIn = (extensions: Readonly<Record<string, unknown>> | null | undefined): { cursor?: string } => {
  const cursor = extensions?.['cursor'];
  return cursor === undefined || cursor === null ? {} : { cursor: String(cursor) };
};

/**
 * Answers subscriptions over graphql-ws at `/graphql`. The actor comes, signed, in `connection_init`; an invalid one
 * ends the connection with 4403.
 */
export const serveSubscriptions = (server: Server, transport: SubgraphTransport, secret: string): { close(): Promise<void> } => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  server.on('upgrade', (request, socket, head) => {
    if (!request.url?.startsWith('/graphql')) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });

  const requestOf = (args: { document: DocumentNode; variableValues?: unknown; operationName?: string | null; contextValue?: unknown }): SubgraphRequest => ({
    query: print(args.document),
    variables: (args.variableValues ?? {}) as Record<string, unknown>,
    ...(args.operationName && { operationName: args.operationName }),
    ...(args.contextValue as Pick<SubgraphRequest, 'actor' | 'client' | 'requestId' | 'cursor'>),
  });

  const disposable = useServer<{ actor?: string }, Extra>(
    {
      onConnect: (context) => {
        const caller = verifyActorToken(context.connectionParams?.actor, secret);
        if (!caller) return false;
        context.extra.caller = caller;
        return true;
      },
      // Parsing, validation and execution are the transport's: the same for every way in.
      onSubscribe: (context, _id, payload) => {
        const document = parsed(payload.query);
        if (document instanceof GraphQLError) return [document];
        return {
          schema: undefined as never,
          document,
          variableValues: payload.variables ?? {},
          operationName: payload.operationName ?? null,
          contextValue: { ...context.extra.caller, ...toldIn(payload.extensions), ...cursorIn(payload.extensions) },
        };
      },
      execute: (args) => transport.execute(requestOf(args as never)) as Promise<ExecutionResult>,
      subscribe: (args) => transport.subscribe(requestOf(args as never)) as never,
      // As they are: by itself, graphql-ws asks errors to format themselves, and these are formatted already.
      onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    },
    sockets,
  );
  return {
    async close() {
      await disposable.dispose();
      sockets.close();
    },
  };
};
