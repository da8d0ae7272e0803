import { isInterfaceType, isObjectType, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { demandsOf } from '@buffrsign/kernel/gateway';
import { setImmediate as turn } from 'node:timers/promises';
import type { CostNames } from './cost/directives.ts';
import { createAliases, type Aliases } from './federation/aliases.ts';
import { operationFromDocument, QueryPlanner, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph, type QueryPlan } from './federation/apollo.ts';
import { neverEmpty } from './federation/never-empty.ts';
import { standInsOf } from './federation/stand-ins.ts';
import { turnedBack } from './federation/turned-back.ts';
import { createUnconditional } from './federation/unconditional.ts';
import { usableKeysOf } from './federation/usable-keys.ts';
import { rootsOf } from './federation/written.ts';

export { standInsOf } from './federation/stand-ins.ts';

/** A composed supergraph, ready to be planned on. */
export interface LoadedSupergraph {
  readonly sdl: string;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** What composition wrote, with its directives and with what clients do not see. */
  readonly supergraphSchema: GraphQLSchema;
  /**
   * Plans one operation of a validated document.
   *
   * @throws Error where the planner fails at an operation, which it does at few, of few supergraphs
   */
  readonly plan: (document: DocumentNode, operationName?: string) => QueryPlan;
  /** What the fields of operations go by in the data that its plans fetch. */
  readonly aliases: Aliases;
  /** What the supergraph calls the cost directives. */
  readonly costNames: CostNames;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
}

/** A supergraph that this gateway cannot serve, or not with the protection that it asks for. */
export class SupergraphError extends Error {
  override name = 'SupergraphError';
}

/** Features of routers that change what an answer may hold, or how it is made, and that this gateway does not do. */
const notOurs = /\/(context|connect)\//;
const supportedFeatures = new Set([...ROUTER_SUPPORTED_SUPERGRAPH_FEATURES].filter((feature) => !notOurs.test(feature)));

/** The authorization directives are found by name: under another one they would silently protect nothing. */
const requireOwnNames = (supergraph: Supergraph): void => {
  for (const name of ['authenticated', 'requiresScopes', 'policy']) {
    const feature = supergraph.schema.coreFeatures?.getByIdentity(`https://specs.apollo.dev/${name}`);
    const given = feature?.directiveNameInSchema(name);
    if (given !== undefined && given !== name) throw new SupergraphError(`The supergraph calls @${name} by the name @${given}. Import it under its own name in every subgraph, then compose again.`);
  }
};

/** The first place of a schema that demands a policy, as `Type` or `Type.field`. */
const placeOfPolicy = (schema: GraphQLSchema): string | undefined => {
  const has = (node: Parameters<typeof demandsOf>[0]): boolean => demandsOf(node).some(({ policies }) => policies !== undefined);
  for (const type of Object.values(schema.getTypeMap())) {
    if (has(type.astNode)) return type.name;
    const field = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()).find(({ astNode }) => has(astNode)) : undefined;
    if (field) return `${type.name}.${field.name}`;
  }
  return undefined;
};

/** Without somebody who decides them, policies would refuse everything that they stand at, for ever and to everybody. */
const requireEvaluation = (schema: GraphQLSchema): void => {
  const place = placeOfPolicy(schema);
  if (place !== undefined) throw new SupergraphError(`The supergraph uses @policy (at ${place}), and nothing decides its policies. Start the gateway with \`evaluatePolicies\`, or demand a scope by @requiresScopes instead.`);
};

const costNamesOf = ({ schema }: Supergraph): CostNames => {
  const feature = schema.coreFeatures?.getByIdentity('https://specs.apollo.dev/cost');
  return { cost: feature?.directiveNameInSchema('cost') ?? 'cost', listSize: feature?.directiveNameInSchema('listSize') ?? 'listSize' };
};

/** `policies`: whether there is somebody who decides them. */
export interface LoadingOptions {
  readonly policies?: boolean;
}

/** Plans over a supergraph that is written so that the planner makes no mistakes with it. */
function* planning(document: DocumentNode, composed: Supergraph): Generator<void, Pick<LoadedSupergraph, 'plan' | 'aliases'>> {
  const standIns = standInsOf(document);
  // As it was composed it is checked; with stand-ins, subgraphs name fields that they make no use of.
  const isChanged = standIns.supergraph !== document;
  if (isChanged) composed.subgraphs();
  const supergraph = !isChanged ? composed : Supergraph.build(standIns.supergraph, { supportedFeatures, validateSupergraph: false });
  const apiSchema = supergraph.apiSchema();
  yield;
  const planner = new QueryPlanner(supergraph, { exposeDocumentNodeInFetchNode: true });
  const aliases = createAliases(standIns.supergraph);
  const unconditional = createUnconditional({ requiring: new Set(standIns.requirements.map(({ field }) => field)), roots: rootsOf(document) });
  const plan: LoadedSupergraph['plan'] = (asked, operationName) => {
    const operation = operationFromDocument(apiSchema, aliases.changed(neverEmpty(unconditional(asked))), { ...(operationName !== undefined && { operationName }) });
    return turnedBack(planner.buildQueryPlan(operation), standIns);
  };
  return { plan, aliases };
}

/** Each step blocks for a part of the half second that a large supergraph takes. */
function* loading(sdl: string, { policies = false }: LoadingOptions): Generator<void, LoadedSupergraph> {
  const document = usableKeysOf(parse(sdl, { noLocation: true }));
  const supergraph = Supergraph.build(document, { supportedFeatures });
  yield;
  requireOwnNames(supergraph);
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  yield;
  const supergraphSchema = supergraph.schema.toGraphQLJSSchema();
  yield;
  if (!policies) requireEvaluation(supergraphSchema);
  const planned = yield* planning(document, supergraph);
  return { sdl, schema, supergraphSchema, costNames: costNamesOf(supergraph), ...planned, subgraphs: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url })) };
}

const inWords = (error: unknown): SupergraphError =>
  error instanceof SupergraphError ? error : new SupergraphError(`The supergraph cannot be served: ${error instanceof Error ? error.message : String(error)}`, { cause: error });

/**
 * Reads a composed supergraph.
 *
 * @throws SupergraphError, in words, when the text is no supergraph or asks for what this gateway does not do.
 */
export const loadSupergraph = (sdl: string, options: LoadingOptions = {}): LoadedSupergraph => {
  try {
    const steps = loading(sdl, options);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  } catch (error) {
    throw inWords(error);
  }
};

/** As `loadSupergraph`, and lets others have their turn between its steps. */
export const loadSupergraphInSteps = async (sdl: string, options: LoadingOptions = {}): Promise<LoadedSupergraph> => {
  try {
    const steps = loading(sdl, options);
    for (;;) {
      await turn();
      const { done, value } = steps.next();
      if (done) return value;
    }
  } catch (error) {
    throw inWords(error);
  }
};
