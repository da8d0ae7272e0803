import type { Actor, Logger, SubgraphTransport } from '@buffrsign/kernel/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { getOperationAST, getVariableValues, GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { refusalsOf } from './authorize/refusals.ts';
import type { RequestContext } from './context.ts';
import { createDataSource } from './execute/data-source.ts';
import { createExecute, type Execute } from './execute/execute.ts';
import type { DataSource } from './federation/apollo.ts';
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
}

export type Admit = (request: OperationRequest) => Admitted | { readonly errors: readonly GraphQLError[] };

export interface Gateway {
  readonly schema: GraphQLSchema;
  /** For `new ApolloServer({ gateway })`: queries and mutations. */
  readonly forServer: ServerGateway;
  readonly subscribe: Subscribe;
}

/** Without an error a client would take a missing whole for an empty one. */
const nothingCame = (actor: Actor): GraphQLError => new GraphQLError('Nothing came of this operation.', { originalError: new Error(`An answer to a ${actor.kind} actor was null as a whole, without an error`) });

const noSuchOperation = (name: string | undefined): GraphQLError => {
  const message = name ? `The document has no operation named "${name}".` : 'The document has several operations: say by operationName which one is meant.';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
};

const createAdmit = (operations: Operations, schema: GraphQLSchema): Admit => ({ document, operationName, variables, context }) => {
  if (!getOperationAST(document, operationName)) {
    return { errors: [noSuchOperation(operationName)] };
  }
  const operation = operations.read(document, operationName);
  const { coerced, errors } = getVariableValues(schema, operation.context.operation.variableDefinitions ?? [], variables);
  if (errors) return { errors };
  const grant = operation.grantFor(context.actor);
  return { operation, grant, refusals: refusalsOf(grant.refused, context.actor, coerced) };
};

export const withErrors = (result: ExecutionResult, refusals: readonly GraphQLError[], actor: Actor): ExecutionResult => {
  const errors = [...(result.errors ?? []), ...refusals];
  if (errors.length > 0) return { ...result, errors };
  return result.data === null ? { ...result, errors: [nothingCame(actor)] } : result;
};

const createAnswer = (admit: Admit, execute: Execute, sources: Readonly<Record<string, DataSource>>) => async (request: OperationRequest): Promise<ExecutionResult> => {
  const admitted = admit(request);
  if ('errors' in admitted) return admitted;
  const { operation, grant, refusals } = admitted;
  if (operation.kind === 'subscription') {
    return { errors: [new GraphQLError('Subscriptions are served over WebSocket at this same address, by the protocol graphql-transport-ws.', { extensions: { code: 'BAD_REQUEST' } })] };
  }
  const result = await execute({ operation, plan: grant.plan, sources, variables: request.variables, context: request.context });
  return withErrors(result, refusals, request.context.actor);
};

/** Plans operations over a supergraph and carries them out by the transports, one for each subgraph. */
export const createGateway = (options: { supergraph: LoadedSupergraph; transports: Readonly<Record<string, SubgraphTransport>>; log: Logger }): Gateway => {
  const { supergraph, transports, log } = options;
  const sources = Object.fromEntries(Object.entries(transports).map(([name, transport]) => [name, createDataSource(name, transport)]));
  const execute = createExecute(supergraph, log);
  const admit = createAdmit(createOperations(supergraph), supergraph.schema);
  const answer = createAnswer(admit, execute, sources);
  const listeners = new Set<Parameters<ServerGateway['onSchemaLoadOrUpdate']>[0]>();

  return {
    schema: supergraph.schema,
    subscribe: createSubscribe({ admit, execute, sources, transports }),
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
