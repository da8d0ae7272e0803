import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { ACTOR_HEADER, createLogger, maskError, Problem, type Actor, type SubgraphRequest, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import { createSourceEventStream, execute, GraphQLError, parse, print, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { startGateway, type GatewayOptions } from '../../src/index.ts';
import { startIssuer } from './issuer.ts';
import { createLog, type Log, type Tick } from './log-source.ts';
import type { Mode } from './platform.ts';
import { callerOf, embedSubgraph, SECRET } from './subgraph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@policy"])';

const people = parse(`${link}
  type Person @key(fields: "id") { id: ID! name: String! }
  type Query { people: [Person!]! }
`);

const ticks = parse(`${link}
  type Person @key(fields: "id", resolvable: false) { id: ID! }
  type Tick { kind: String! n: Int! room: String! by: Person whose: String! text(size: Int! = 0): String secret: Int @authenticated guarded: Int @policy(policies: [["guarded"]]) }
  type Query { rooms: Int }
  type Subscription {
    "A snapshot, then facts."
    ticks(room: String!): Tick!
    "Facts only."
    news(room: String!): Tick!
    "Without cursors."
    plain(room: String!): Tick!
  }
`);

const log = createLogger('ticks', 'silent');
const contextOf = (actor: Actor, cursor: string | undefined) => ({ actor, cursor });
type Context = ReturnType<typeof contextOf>;

const createTicksSchema = (source: Log): GraphQLSchema => {
  const field = (snapshot: boolean, cursors = true) => ({
    subscribe: (_root: unknown, { room }: { room: string }, { cursor }: Context) => {
      const verdict = source.verdictOn(cursor);
      if (verdict) throw new Problem(verdict);
      return source.read(room, cursors ? cursor : undefined, snapshot);
    },
    resolve: (tick: Tick) => source.show(tick),
  });
  const resolvers = {
    Tick: {
      by: () => ({ id: 'p1' }),
      whose: (_tick: Tick, _args: unknown, { actor }: Context) => ('id' in actor ? actor.id : actor.kind),
      text: (_tick: Tick, { size }: { size: number }) => 'x'.repeat(size),
      secret: () => 7,
      guarded: () => 9,
    },
    Query: { rooms: () => 1 },
    Subscription: { ticks: field(true), news: field(false), plain: field(true, false) },
  };
  return buildSubgraphSchema([{ typeDefs: ticks, resolvers: resolvers as never }]);
};

/** The way the kernel runs subscriptions: the cursor of what a source yields goes into `extensions` of the result. */
const createLogTransport = (schema: GraphQLSchema): SubgraphTransport => {
  const masked = (result: ExecutionResult): ExecutionResult =>
    JSON.parse(JSON.stringify({ ...result, ...(result.errors && { errors: result.errors.map((error) => maskError(error.toJSON(), error, log)) }) })) as ExecutionResult;
  return {
    ...embedSubgraph(schema).transport!,
    async subscribe({ query, variables, operationName, actor, cursor, signal }: SubgraphRequest) {
      const document = parse(query);
      const args = { schema, document, variableValues: variables as Record<string, unknown>, operationName, contextValue: contextOf(actor, cursor) };
      const opened = await createSourceEventStream(args);
      if (!(Symbol.asyncIterator in opened)) return masked(opened);
      const source = opened as unknown as AsyncIterableIterator<Tick>;
      signal?.addEventListener('abort', () => void source.return!(), { once: true });
      const isPlain = query.includes('plain(');
      let isOver = false;
      const results: AsyncIterableIterator<ExecutionResult> = {
        [Symbol.asyncIterator]: () => results,
        async next() {
          if (isOver) return { done: true, value: undefined };
          const { done, value } = await source.next();
          if (done) return { done, value: undefined };
          const result = masked(await execute({ ...args, rootValue: value }));
          // What cannot be read ends the stream, and has no cursor: the one before is still good.
          isOver = !isPlain && !result.data;
          return { done: false, value: isPlain || isOver ? result : { ...result, extensions: { cursor: value.cursor } } };
        },
        return: async () => (await source.return!(), { done: true, value: undefined }),
      };
      return results;
    },
  };
};

/** Serves a transport over the network. `cut` ends every connection at once. */
const serveTransport = async (transport: SubgraphTransport) => {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { actor } = callerOf(request.headers[ACTOR_HEADER]);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(await transport.execute({ ...(JSON.parse(text) as { query: string }), actor, requestId: 'req_1' })));
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  useServer(
    {
      onSubscribe: ({ connectionParams }, _id, { query, variables, operationName, extensions }) =>
        ({ document: parse(query), variableValues: variables, operationName, contextValue: contextOf(callerOf(connectionParams?.['actor']).actor, extensions?.['cursor'] as string | undefined) }) as never,
      subscribe: async (args) => {
        const { document, variableValues, operationName, contextValue } = args as unknown as { document: ReturnType<typeof parse>; variableValues: Record<string, unknown>; operationName: string; contextValue: Context };
        const { actor, cursor } = contextValue;
        return (await transport.subscribe({ query: print(document), variables: variableValues, operationName, actor, requestId: 'req_1', ...(cursor !== undefined && { cursor }) })) as never;
      },
      onNext: (_ctx, _id, _payload, _args, result) => result as never,
      onError: (_ctx, _id, _payload, errors) => errors.map((error) => (error instanceof GraphQLError ? error.toJSON() : error)),
    },
    sockets,
  );
  let port = 0;
  const listen = (): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen();
  port = (server.address() as AddressInfo).port;
  const cut = (): void => sockets.clients.forEach((client) => client.terminate());
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      cut();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, cut, stop, start: listen, sockets: () => sockets.clients.size };
};

/** A gateway over a subgraph with a kept log, and another one that completes its events. */
export const startLogPlatform = async (mode: Mode = 'in process', more: Partial<GatewayOptions> = {}) => {
  const source = createLog();
  const transport = createLogTransport(createTicksSchema(source));
  const issuer = await startIssuer();
  const named = embedSubgraph(
    buildSubgraphSchema([
      {
        typeDefs: people,
        resolvers: { Person: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Ndapewa' }) }, Query: { people: () => [] } } as never,
      },
    ]),
  );
  const served = mode === 'over HTTP' ? await serveTransport(transport) : undefined;
  const { supergraphSdl, errors } = composeServices([
    { name: 'people', url: '', typeDefs: people },
    { name: 'ticks', url: served?.url ?? '', typeDefs: ticks },
  ]);
  if (!supergraphSdl) throw new Error(String(errors));
  const gateway = await startGateway({
    supergraphSdl,
    transports: { people: named.transport!, ...(served ? {} : { ticks: transport }) },
    issuers: [issuer.trusted],
    actorTokenSecret: SECRET,
    port: 0,
    log: createLogger('gateway', 'silent'),
    evaluatePolicies: async (names) => new Set(names),
    ...more,
    streams: { backoffMs: 5, ...more.streams },
  });
  return {
    gateway,
    issuer,
    source,
    served,
    /** How often events were completed: one fetch of a name each. */
    completed: () => named.seen.filter(({ query }) => query.includes('_entities')).length,
    clients: () => named.seen.map(({ client }) => client),
    cut: () => (served ? served.cut() : source.cut()),
    async stop() {
      await gateway.stop();
      await Promise.all([served?.stop(), issuer.stop()]);
    },
  };
};

export type LogPlatform = Awaited<ReturnType<typeof startLogPlatform>>;
