import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import type { IncomingMessage } from 'node:http';
import { ACTOR_HEADER, verifyActorToken } from '../auth/actor-token.ts';
import { newId } from '../data/ids.ts';
import { maskError } from '../errors/mask.ts';
import { Problem } from '../errors/problem.ts';
import { graphqlHandler } from '../http/graphql-handler.ts';
import { sendJson, serveHttp, type HttpServer, type Route } from '../http/serve.ts';
import { serveSubscriptions } from '../http/subscriptions.ts';
import type { Part } from '../runtime/lifecycle.ts';
import type { AssembledSubgraph, Ground } from './create-subgraph.ts';
import type { AnySubgraph } from './define-subgraph.ts';

const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The HTTP face of a subgraph: GraphQL with Apollo Server, subscriptions, health, and the subgraph's own routes. */
export const createServerPart = (definition: AnySubgraph, ground: Ground, assembled: AssembledSubgraph): Part & { url(): string } => {
  const { env, log } = ground;
  let http: HttpServer | undefined;
  let apollo: ApolloServer<object> | undefined;
  let subscriptions: { close(): Promise<void> } | undefined;
  let stopping = false;

  const contextOf = async (request: IncomingMessage): Promise<object> => {
    const caller = verifyActorToken(headerOf(request, ACTOR_HEADER), env.actorTokenSecret);
    if (!caller) throw new Problem('UNAUTHENTICATED', { message: 'The actor token is not valid here. Requests come through the gateway.' });
    return assembled.contextOf({ ...caller, requestId: headerOf(request, 'x-request-id') ?? newId('req') });
  };

  const health = async (): Promise<boolean> => assembled.pool.query('select 1').then(
    () => true,
    () => false,
  );

  const routes = (graphql: Route['handle']): Route[] => [
    { method: 'POST', path: '/graphql', handle: graphql },
    { method: 'GET', path: '/graphql', handle: graphql },
    { method: 'GET', path: '/health/live', handle: async (_request, response) => sendJson(response, 200, { status: 'live' }) },
    {
      method: 'GET',
      path: '/health/ready',
      handle: async (_request, response) => {
        const database = await health();
        const ready = database && !stopping;
        sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', checks: { database }, ...(stopping && { stopping }) });
      },
    },
    ...(definition.routes?.(assembled.tools) ?? []),
  ];

  return {
    name: 'http',
    url: () => http?.url ?? '',
    async start() {
      apollo = new ApolloServer<object>({
        schema: assembled.schema,
        plugins: [ApolloServerPluginInlineTraceDisabled()],
        formatError: (formatted, error) => maskError(formatted, error, log),
        includeStacktraceInErrorResponses: false,
        // The process decides when to stop, part by part.
        stopOnTerminationSignals: false,
      });
      await apollo.start();
      http = await serveHttp({ host: env.host, port: env.port, routes: routes(graphqlHandler(apollo, contextOf)), log });
      subscriptions = serveSubscriptions(http.server, assembled.transport, env.actorTokenSecret);
    },
    async stop(signal) {
      stopping = true;
      await http?.drain(env.drainMs, signal);
      await Promise.all([subscriptions?.close(), http?.close(signal)]);
      await apollo?.stop();
    },
  };
};
