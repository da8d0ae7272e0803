import type { SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { getOperationAST, getVariableValues, GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { refusalsOf } from './authorize/refusals.ts';
import type { RequestContext } from './context.ts';
import { execute } from './execute/execute.ts';
import type { Source } from './execute/run.ts';
import { createSource } from './execute/source.ts';
import { createOperations, type Grant, type Operation, type Operations } from './operations.ts';
import type { LoadedSupergraph } from './supergraph.ts';
import { createSubscribe, type Subscribe } from './subscriptions/subscribe.ts';

type ServerGateway = ApolloServerOptionsWithGateway<RequestContext>['gateway'];
type ServerExecutor = NonNullable<Awaited<ReturnType<ServerGateway['load']>>['executor']>;
type ServerResult = Awaited<ReturnType<ServerExecutor>>;

/** One operation as a client sent it. */
export interface OperationRequest {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
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
  /** For `new ApolloServer({ gateway })`: queries and mutations. */
  readonly forServer: ServerGateway;
  readonly subscribe: Subscribe;
}

const noSuchOperation = (name: string | undefined): GraphQLError => {
  const message = name ? `The document has no operation named "${name}".` : 'The document has several operations: say by operationName which one is meant.';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
};

const createAdmit = (operations: Operations, schema: GraphQLSchema): Admit => ({ document, operationName, variables, context }) => {
  if (!getOperationAST(document, operationName)) {
    return { errors: [noSuchOperation(operationName)] };
  }
  const operation = operations.read(document, operationName);
  const { coerced, errors } = getVariableValues(schema, operation.variables, variables);
  if (errors) return { errors };
  const grant = operation.grantFor(context.actor);
  return { operation, grant, refusals: refusalsOf(grant.refused, context.actor, coerced), coerced };
};

const createAnswer = (admit: Admit, sources: Readonly<Record<string, Source>>) => async ({ variables, context, ...request }: OperationRequest): Promise<ExecutionResult> => {
  const admitted = admit({ variables, context, ...request });
  if ('errors' in admitted) return admitted;
  const { operation, grant, refusals, coerced } = admitted;
  if (operation.kind === 'subscription') {
    return { errors: [new GraphQLError('Subscriptions are served over WebSocket at this same address, by the protocol graphql-transport-ws.', { extensions: { code: 'BAD_REQUEST' } })] };
  }
  return execute({ plan: grant.plan, respond: operation.respond, sources, variables, coerced, context, refusals });
};

/** Plans operations over a supergraph and carries them out by the transports, one for each subgraph. */
export const createGateway = (options: { supergraph: LoadedSupergraph; transports: Readonly<Record<string, SubgraphTransport>> }): Gateway => {
  const { supergraph, transports } = options;
  const sources = Object.fromEntries(Object.entries(transports).map(([name, transport]) => [name, createSource(transport)]));
  const admit = createAdmit(createOperations(supergraph), supergraph.schema);
  const answer = createAnswer(admit, sources);
  const listeners = new Set<Parameters<ServerGateway['onSchemaLoadOrUpdate']>[0]>();

  return {
    schema: supergraph.schema,
    subscribe: createSubscribe({ admit, sources, transports }),
    forServer: {
      onSchemaLoadOrUpdate(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      load: async () => {
        for (const listener of listeners) listener({ apiSchema: supergraph.schema, coreSupergraphSdl: supergraph.sdl });
        return {
          executor: async ({ document, request, context }) => {
            const { operationName, variables = {} } = request;
            return (await answer({ document, operationName, variables, context: context as RequestContext })) as ServerResult;
          },
        };
      },
      stop: async () => undefined,
    },
  };
};
