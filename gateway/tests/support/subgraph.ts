import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor, Client, SubgraphRequest, SubgraphTransport } from '@buffrsign/kernel/gateway';
import { ACTOR_HEADER } from '@buffrsign/kernel/gateway';
import { execute, parse, subscribe, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import jwt from 'jsonwebtoken';
import { WebSocketServer } from 'ws';

export const SECRET = 'an actor token secret for tests only, long enough';

/** One operation as a subgraph saw it. */
export interface Seen {
  readonly query: string;
  readonly actor: Actor;
  readonly client: Client | undefined;
  readonly headers: IncomingHttpHeaders;
  /** What a socket says beside the operation; over HTTP nothing. */
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface ToySubgraph {
  readonly seen: Seen[];
  readonly transport: SubgraphTransport | undefined;
  readonly url: string;
  /** Sockets that the gateway holds open here. */
  sockets(): number;
  stop(): Promise<void>;
}

interface Caller {
  readonly actor: Actor;
  readonly client: Client;
}

/** Whom a token names, and from where. */
export const callerOf = (token: unknown): Caller => {
  const { actor, client } = jwt.verify(String(token), SECRET, { audience: 'buffrsign-subgraphs', issuer: 'buffrsign-gateway' }) as unknown as Caller;
  return { actor, client };
};

const plain = (result: ExecutionResult): ExecutionResult => JSON.parse(JSON.stringify(result)) as ExecutionResult;

/** A subgraph in the process of the gateway. */
export const embedSubgraph = (schema: GraphQLSchema): ToySubgraph => {
  const seen: Seen[] = [];
  const argsOf = ({ query, document, variables, operationName, actor, client }: SubgraphRequest) => {
    seen.push({ query, actor, client, headers: {} });
    return { schema, document: document ?? parse(query), variableValues: variables as Record<string, unknown>, operationName, contextValue: { actor } };
  };
  const transport: SubgraphTransport = {
    execute: async (request) => plain(await execute(argsOf(request))),
    subscribe: async (request) => {
      const opened = await subscribe(argsOf(request));
      if (!(Symbol.asyncIterator in opened)) return plain(opened);
      request.signal?.addEventListener('abort', () => void opened.return(undefined), { once: true });
      return opened;
    },
  };
  return { seen, transport, url: '', sockets: () => 0, stop: async () => undefined };
};

const bodyOf = async (request: IncomingMessage): Promise<{ query: string; variables?: Record<string, unknown>; operationName?: string }> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
};

const listen = (server: Server, port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));

/** A subgraph over HTTP and graphql-transport-ws. It believes the actor token only. */
export const serveSubgraph = async (schema: GraphQLSchema, port = 0): Promise<ToySubgraph> => {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { query, variables, operationName } = await bodyOf(request);
    const caller = callerOf(request.headers[ACTOR_HEADER]);
    seen.push({ query, ...caller, headers: request.headers });
    const result = await execute({ schema, document: parse(query), variableValues: variables, operationName, contextValue: { actor: caller.actor } });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  useServer(
    {
      schema,
      onConnect: ({ connectionParams }) => void callerOf(connectionParams?.['actor']),
      context: ({ connectionParams, extra }, _id, payload) => {
        const caller = callerOf(connectionParams?.['actor']);
        seen.push({ query: payload.query, ...caller, headers: extra.request.headers, extensions: payload.extensions });
        return { actor: caller.actor };
      },
    },
    sockets,
  );
  await listen(server, port);
  return {
    seen,
    transport: undefined,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets: () => sockets.clients.size,
    stop: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
