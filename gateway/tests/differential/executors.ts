import './no-telemetry.ts';
import { buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import { Supergraph } from '@apollo/federation-internals';
import { anonymous, Problem, unknownClient } from '@buffrsign/kernel/gateway';
import { getOperationAST, getVariableValues, type ExecutionResult, type GraphQLError } from 'graphql';
import { execute } from '../../src/execute/execute.ts';
import { compilePlan } from '../../src/execute/plan.ts';
import { createRespond } from '../../src/execute/response.ts';
import type { Source } from '../../src/execute/run.ts';
import { takeOver } from '../../src/execute/subgraph-errors.ts';
import { createMatchingTypes } from '../../src/execute/types.ts';
import type { PlanNode, QueryPlan } from '../../src/federation/apollo.ts';
import { readOperation } from '../../src/operation-context.ts';
import type { LoadedSupergraph } from '../../src/supergraph.ts';
import type { RandomOperation } from './generate.ts';
import { rootFieldsOf, type World } from './world.ts';

/** What can be compared of an answer. */
export interface Outcome {
  readonly data: unknown;
  readonly errors: readonly { readonly message: string; readonly path: string; readonly code: unknown }[];
  /** Nulls that no subgraph explained: places only, since the words are everybody's own. */
  readonly unexplained: readonly string[];
}

export type Run = (operation: RandomOperation, plan: QueryPlan) => Promise<Outcome>;

/** A subgraph that is out of reach in this run. */
export interface Outage {
  subgraph: string | undefined;
}

const context = { actor: anonymous, client: unknownClient, requestId: 'req_differential', signal: new AbortController().signal };
const outage = (name: string): Problem => new Problem('UNAVAILABLE', { pub: { subgraph: name } });

const toldOf = (errors: readonly GraphQLError[] = []): Outcome['errors'] =>
  errors.map(({ message, path, extensions }) => ({ message, path: JSON.stringify(path ?? null), code: extensions['code'] })).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const placesOf = (errors: readonly GraphQLError[] = []): string[] => errors.map(({ path }) => JSON.stringify(path)).sort();

/** The event that a subscription is run with: what its source would answer to a query. */
const eventOf = async (plan: QueryPlan, { variables }: RandomOperation, world: World): Promise<ExecutionResult | undefined> => {
  if (plan.node?.kind !== 'Subscription') return undefined;
  const { serviceName, operation, variableUsages = [] } = plan.node.primary;
  return world.ask(serviceName, operation, Object.fromEntries(variableUsages.filter((name) => name in variables).map((name) => [name, variables[name]])));
};

/** The gateway's executor. */
export const createOurs = (supergraph: LoadedSupergraph, world: World, down: Outage): Run => {
  const { schema, supergraphSchema, aliases } = supergraph;
  const [clientTypes, subgraphTypes] = [createMatchingTypes(schema), createMatchingTypes(supergraphSchema)];
  const sources = Object.fromEntries(
    world.subgraphs.map((name): [string, Source] => [
      name,
      async ({ query }, variables) => {
        if (down.subgraph === name) throw outage(name);
        return world.ask(name, query, variables);
      },
    ]),
  );
  return async (operation, plan) => {
    const { document, variables } = operation;
    const coerced = getVariableValues(schema, getOperationAST(document)?.variableDefinitions ?? [], variables).coerced!;
    const event = await eventOf(plan, operation, world);
    const runnable = compilePlan(plan, subgraphTypes, aliases.asClient);
    const respond = createRespond(schema, clientTypes, readOperation(document, undefined), { fetched: runnable.fetched, nameOf: aliases.nameOf });
    const { data, errors = [] } = await execute({ plan: runnable, respond, sources, variables, coerced, context, refusals: [], ...(event && { event }) });
    // Only what a subgraph did not explain is told in words that begin so.
    const own = errors.filter(({ message }) => /^(Nothing came for|What came|It is not known)/.test(message));
    // The stock executor says nothing where an object turns out to be of no known type.
    return { data, errors: toldOf(errors.filter((error) => !own.includes(error))), unexplained: placesOf(own.filter(({ message }) => !message.startsWith('It is not known'))) };
  };
};

const ALIAS = /__alias_\d+$/;

/** The executor of `@apollo/gateway`, with the errors of subgraphs made ours before it sees them. */
export const createStock = (supergraph: LoadedSupergraph, world: World, down: Outage): Run => {
  const { schema, supergraphSchema, sdl } = supergraph;
  const apiSchema = Supergraph.buildForTests(sdl).apiSchema();
  type Services = Parameters<typeof executeQueryPlan>[1];
  const serviceOf = (name: string): Services[string] => ({
    async process({ request }) {
      const query = request.query ?? '';
      if (down.subgraph === name) {
        const paths = query.includes('_entities(') ? [[]] : rootFieldsOf(query).map((field) => [field]);
        return { errors: paths.map((path) => takeOver(name, outage(name), path)) } as never;
      }
      const { data, errors } = await world.ask(name, query, request.variables ?? {});
      return { data, ...(errors && { errors: errors.map((error) => takeOver(name, error, error.path)) }) } as never;
    },
  });
  const services = Object.fromEntries(world.subgraphs.map((name) => [name, serviceOf(name)]));

  return async (operation, plan) => {
    const { document, variables } = operation;
    const operationContext = buildOperationContext({ schema, operationDocument: document });
    const event = await eventOf(plan, operation, world);
    let [all, run]: [Services, QueryPlan] = [services, plan];
    if (plan.node?.kind === 'Subscription') {
      const { primary, rest } = plan.node;
      const name = `${primary.serviceName}#event`;
      const first: PlanNode = { ...primary, serviceName: name };
      all = { ...services, [name]: { process: async () => ({ ...event, ...(event?.errors && { errors: event.errors.map((error) => takeOver(primary.serviceName, error, error.path)) }) }) as never } };
      run = { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [first, rest] } : first };
    }
    const { data, errors, extensions } = await executeQueryPlan(run, all, { request: { variables }, document, context, metrics: {}, logger: console } as never, operationContext, supergraphSchema, apiSchema);
    // It leaves the names in that the planner made up for fields that would have clashed.
    const told = toldOf(errors).map((error) => ({ ...error, path: JSON.stringify((JSON.parse(error.path) as unknown[] | null)?.map((step) => (typeof step === 'string' ? step.replace(ALIAS, '') : step)) ?? null) }));
    return { data, errors: told, unexplained: placesOf(extensions?.['valueCompletion'] as GraphQLError[]) };
  };
};
