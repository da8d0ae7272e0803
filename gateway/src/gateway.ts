import type { Problem, SubgraphTransport } from '@buffrsign/kernel/gateway';
import { GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { createAdmit, type Admit, type AdmittingOptions } from './admit.ts';
import type { RequestContext } from './context.ts';
import type { FormatError } from './errors.ts';
import { execute } from './execute/execute.ts';
import type { Source } from './execute/run.ts';
import { createSource } from './execute/source.ts';
import type { LoadedSupergraph } from './supergraph.ts';
import { observeAdmit } from './telemetry/observed-gateway.ts';
import { blindObserver, type Observer } from './telemetry/observer.ts';
import type { StreamCounters } from './subscriptions/counters.ts';
import { createRegistry } from './subscriptions/registry.ts';
import type { StreamSettings } from './subscriptions/settings.ts';
import { createSubscribe, type Subscribe } from './subscriptions/subscribe.ts';

/** One operation as a client sent it. */
export interface OperationRequest {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  /** Of a subscription: where it is to be taken up. */
  readonly cursor?: string | undefined;
  /** Whether the answer tells what the operation was estimated to cost. */
  readonly reportsCost?: boolean;
}

export interface Gateway {
  readonly schema: GraphQLSchema;
  /** Queries and mutations; without `acts`, queries only. Errors are not masked yet. */
  readonly answer: (request: OperationRequest, how: { readonly acts: boolean }) => Promise<ExecutionResult>;
  readonly subscribe: Subscribe;
  /** Breaks all streams off: their clients subscribe again, with their cursors. */
  readonly breakOff: (reason: Problem) => void;
}

export interface GatewayParts extends AdmittingOptions {
  readonly supergraph: LoadedSupergraph;
  /** One for each subgraph. */
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  readonly formatError: FormatError;
  readonly operationMs: number;
  readonly streams: StreamSettings;
  readonly counters: StreamCounters;
  /** Sees what is planned and fetched. */
  readonly observer?: Observer;
}

const subscriptionsElsewhere = (): GraphQLError =>
  new GraphQLError('Subscriptions are served at this same address over WebSocket, by the protocol graphql-transport-ws, or over HTTP to who accepts text/event-stream or multipart/mixed;subscriptionSpec="1.0".', { extensions: { code: 'BAD_REQUEST' } });

const actsByPost = (): GraphQLError => new GraphQLError('By GET there are only queries. Send mutations by POST.', { extensions: { code: 'BAD_REQUEST', http: { status: 405, headers: [['allow', 'POST']] } } });

const createAnswer =
  (admit: Admit, sources: Readonly<Record<string, Source>>): Gateway['answer'] =>
  async (request, { acts }) => {
    const admitted = await admit(request);
    if ('errors' in admitted) return admitted;
    const { operation, grant, refusals, coerced, cost } = admitted;
    if (operation.kind === 'subscription') return { errors: [subscriptionsElsewhere()] };
    if (operation.kind === 'mutation' && !acts) return { errors: [actsByPost()] };
    const result = await execute({ plan: grant.plan, respond: grant.respond, sources, variables: request.variables, coerced, context: request.context, refusals });
    return request.reportsCost ? { ...result, extensions: { cost } } : result;
  };

/** Plans operations over a supergraph and carries them out by the transports. */
export const createGateway = ({ supergraph, transports, formatError, operationMs, streams, counters, observer = blindObserver, ...admitting }: GatewayParts): Gateway => {
  const sources = Object.fromEntries(Object.entries(transports).map(([name, transport]) => [name, createSource(name, transport, observer)]));
  const admit = observeAdmit(createAdmit(supergraph, admitting), observer);
  const registry = createRegistry({ settings: streams, counters, formatError });
  return {
    schema: supergraph.schema,
    answer: createAnswer(admit, sources),
    subscribe: createSubscribe({ admit, sources, transports, registry, operationMs }),
    breakOff: registry.breakOff,
  };
};
