import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import type { IncomingMessage } from 'node:http';
import { ACTOR_HEADER, verifyActorToken } from '../auth/actor-token.ts';
import { newId } from '../data/ids.ts';
import { maskError } from '../errors/mask.ts';
import { Problem } from '../errors/problem.ts';
import { graphqlHandler } from '../http/graphql-handler.ts';
import type { Readiness } from '../health/readiness.ts';
import { healthRoutes } from '../health/routes.ts';
import { serveHttp, type HttpServer, type Route } from '../http/serve.ts';
import { serveSubscriptions } from '../http/subscriptions.ts';
import type { Part } from '../runtime/lifecycle.ts';
import { currentScope } from '../telemetry/scope.ts';
import type { AssembledSubgraph, Ground } from './create-subgraph.ts';
import type { AnySubgraph } from './define-subgraph.ts';
import { headerOf, observeRequests } from './observed-requests.ts';

/** The HTTP face of a subgraph: GraphQL with Apollo Server, subscriptions, health, and the subgraph's own routes. */
export const createServerPart = (definition: AnySubgraph, ground: Ground, assembled: AssembledSubgraph): Part & { url(): string } => {
  const { env, log } = ground;
  const { observe, inScope, plugins } = observeRequests(definition.name, ground.telemetry);
  let http: HttpServer | undefined;
  let apollo: ApolloServer<object> | undefined;
  let subscriptions: { close(): Promise<void> } | undefined;

  const contextOf = async (request: IncomingMessage): Promise<object> => {
    const caller = verifyActorToken(headerOf(request, ACTOR_HEADER), env.actorTokenSecret);
    if (!caller) throw new Problem('UNAUTHENTICATED', { message: 'The actor token is not valid here. Requests come through the gateway.' });
    return assembled.contextOf({ ...caller, requestId: currentScope().requestId ?? newId('req') });
  };

  let stopping = false;
  const readiness = async (): Promise<Readiness> => {
    const found = await assembled.readiness();
    return stopping ? { ...found, ready: false, notReady: ['process: It is stopping.', ...found.notReady] } : found;
  };

  const routes = (graphql: Route['handle']): Route[] => [
    { method: 'POST', path: '/graphql', handle: graphql },
    { method: 'GET', path: '/graphql', handle: graphql },
    ...healthRoutes({ readiness, version: ground.telemetry?.version ?? 'unknown' }),
    ...(definition.routes?.(assembled.tools) ?? []).map((route) => ({ ...route, handle: inScope(route.handle) })),
  ];

  return {
    name: 'http',
    url: () => http?.url ?? '',
    async start() {
      apollo = new ApolloServer<object>({
        schema: assembled.schema,
        plugins: [ApolloServerPluginInlineTraceDisabled(), ...plugins],
        formatError: (formatted, error) => maskError(formatted, error, log),
        includeStacktraceInErrorResponses: false,
        // The process decides when to stop, part by part.
        stopOnTerminationSignals: false,
      });
      await apollo.start();
      http = await serveHttp({ host: env.host, port: env.port, routes: routes(observe(graphqlHandler(apollo, contextOf))), log });
      subscriptions = serveSubscriptions(http.server, assembled.transport, env.actorTokenSecret);
    },
    async stop(signal) {
      // Said at once, to those who still ask over an open connection.
      stopping = true;
      await subscriptions?.close();
      await http?.close(signal);
      await apollo?.stop();
    },
  };
};
