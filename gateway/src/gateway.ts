import type { Problem, SubgraphTransport } from '@buffrsign/kernel/gateway';
import { getOperationAST, getVariableValues, GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { refusalsOf } from './authorize/refusals.ts';
import type { RequestContext } from './context.ts';
import { execute } from './execute/execute.ts';
import type { Source } from './execute/run.ts';
import { createSource } from './execute/source.ts';
import { createOperations, type Grant, type Operation, type Operations } from './operations.ts';
import type { FormatError } from './errors.ts';
import type { LoadedSupergraph } from './supergraph.ts';
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
}

/** A request that can be carried out: found in its document, its variables sound, cut down to what the actor may have. */
export interface Admitted {
  readonly operation: Operation;
  readonly grant: Grant;
  readonly refusals: readonly GraphQLError[];
  /** Variables as the schema has them, with their defaults. */
  readonly coerced: Readonly<Record<string, unknown>>;
}

export type Admit = (request: OperationRequest) => Admitted | { readonly errors: readonly GraphQLError[] };

export interface Gateway {
  readonly schema: GraphQLSchema;
  /** Queries and mutations; without `acts`, queries only. Errors are not masked yet. */
  readonly answer: (request: OperationRequest, how: { readonly acts: boolean }) => Promise<ExecutionResult>;
  readonly subscribe: Subscribe;
  /** Breaks all streams off: their clients subscribe again, with their cursors. */
  readonly breakOff: (reason: Problem) => void;
}

export interface GatewayParts {
  readonly supergraph: LoadedSupergraph;
  /** One for each subgraph. */
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  readonly formatError: FormatError;
  readonly operationMs: number;
  readonly streams: StreamSettings;
  readonly counters: StreamCounters;
}

const noSuchOperation = (name: string | undefined): GraphQLError => {
  const message = name ? `The document has no operation named "${name}".` : 'The document has several operations: say by operationName which one is meant.';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
};

const wrongVariable = (error: GraphQLError): GraphQLError => new GraphQLError(error.message, { ...(error.nodes && { nodes: error.nodes }), extensions: { ...error.extensions, code: 'BAD_USER_INPUT' } });

const createAdmit = (operations: Operations, schema: GraphQLSchema): Admit => ({ document, operationName, variables, context }) => {
  if (!getOperationAST(document, operationName)) {
    return { errors: [noSuchOperation(operationName)] };
  }
  const operation = operations.read(document, operationName);
  const { coerced, errors } = getVariableValues(schema, operation.variables, variables);
  if (errors) return { errors: errors.map(wrongVariable) };
  const grant = operation.grantFor(context.actor);
  return { operation, grant, refusals: refusalsOf(grant.refused, context.actor, coerced), coerced };
};

const subscriptionsElsewhere = (): GraphQLError =>
  new GraphQLError('Subscriptions are served at this same address over WebSocket, by the protocol graphql-transport-ws, or over HTTP to who accepts text/event-stream or multipart/mixed;subscriptionSpec="1.0".', { extensions: { code: 'BAD_REQUEST' } });

const actsByPost = (): GraphQLError => new GraphQLError('By GET there are only queries. Send mutations by POST.', { extensions: { code: 'BAD_REQUEST', http: { status: 405, headers: [['allow', 'POST']] } } });

const createAnswer =
  (admit: Admit, sources: Readonly<Record<string, Source>>): Gateway['answer'] =>
  async (request, { acts }) => {
    const admitted = admit(request);
    if ('errors' in admitted) return admitted;
    const { operation, grant, refusals, coerced } = admitted;
    if (operation.kind === 'subscription') return { errors: [subscriptionsElsewhere()] };
    if (operation.kind === 'mutation' && !acts) return { errors: [actsByPost()] };
    return execute({ plan: grant.plan, respond: operation.respond, sources, variables: request.variables, coerced, context: request.context, refusals });
  };

/** Plans operations over a supergraph and carries them out by the transports. */
export const createGateway = ({ supergraph, transports, formatError, operationMs, streams, counters }: GatewayParts): Gateway => {
  const sources = Object.fromEntries(Object.entries(transports).map(([name, transport]) => [name, createSource(transport)]));
  const admit = createAdmit(createOperations(supergraph), supergraph.schema);
  const registry = createRegistry({ settings: streams, counters, formatError });
  return {
    schema: supergraph.schema,
    answer: createAnswer(admit, sources),
    subscribe: createSubscribe({ admit, sources, transports, registry, operationMs }),
    breakOff: registry.breakOff,
  };
};
