import type { Actor } from '@buffrsign/kernel/gateway';
import type { DocumentNode, OperationTypeNode } from 'graphql';
import { createDemandsAt } from './authorize/demands-of-schema.ts';
import { guard, type Guard } from './authorize/guards.ts';
import { refusedNodes, refusedTo, withoutRefused } from './authorize/restrict.ts';
import { createBoundedMap } from './bounded-map.ts';
import { createCostDirectives } from './cost/directives.ts';
import { createEstimates, type EstimateCost } from './cost/estimate.ts';
import { compilePlan, type RunnablePlan } from './execute/plan.ts';
import { createRespond, type Respond } from './execute/response.ts';
import { createMatchingTypes } from './execute/types.ts';
import { asksForSchema } from './introspection.ts';
import { readOperation } from './operation-context.ts';
import type { LoadedSupergraph } from './supergraph.ts';
import type { Hits } from './telemetry/counts.ts';
import { compileReadVariables, type ReadVariables } from './variables.ts';

/** What an actor gets of an operation: a plan that never fetches what is refused. Without a node there is nothing to fetch. */
export interface Grant {
  /** The same for the same set of refused fields. */
  readonly key: string;
  readonly plan: RunnablePlan;
  /** Gives answers the shape of the document as it was sent, with nulls where something is refused. */
  readonly respond: Respond;
  readonly refused: readonly Guard[];
}

/** One operation of a validated document: analysed once, planned once for every set of fields that is refused. */
export interface Operation {
  readonly kind: OperationTypeNode;
  readonly readVariables: (given: Readonly<Record<string, unknown>>) => ReadVariables;
  readonly asksForSchema: boolean;
  /** Policies that must be decided before it is known what is refused. */
  readonly policies: readonly string[];
  readonly estimateCost: EstimateCost;
  /** What an actor gets, given the policies that hold. */
  grantFor(actor: Actor, holding: readonly string[]): Grant;
}

/** Somebody who stands for all who are refused the same, with the policies that hold for them. */
export interface GrantedTo {
  readonly actor: Actor;
  readonly holding: readonly string[];
}

/** That an operation was asked for: how often, and by whom. */
export interface Usage {
  readonly operationName: string | undefined;
  readonly times: number;
  readonly granted: readonly GrantedTo[];
}

export interface Operations {
  /** @throws Error when the document has no such operation. */
  read(document: DocumentNode, operationName: string | undefined): Operation;
  usageOf(document: DocumentNode): readonly Usage[];
  /** As `read`, for what was asked for so often elsewhere. */
  adopt(document: DocumentNode, usage: Usage): Operation;
}

interface Known {
  readonly operation: Operation;
  readonly operationName: string | undefined;
  readonly granted: () => readonly GrantedTo[];
  times: number;
}

/** Sets of refused fields that are kept planned for one operation; there are about as many as there are roles. */
const GRANTS_AN_OPERATION = 50;

const policiesIn = (guards: readonly Guard[]): string[] => [...new Set(guards.flatMap(({ demands }) => demands.flatMap(({ policies = [] }) => policies.flat())))];

/** `found` counts how often a plan was there already. */
export const createOperations = (supergraph: LoadedSupergraph, listSize: number, found?: Hits): Operations => {
  const { schema, aliases } = supergraph;
  const clientTypes = createMatchingTypes(schema);
  const subgraphTypes = createMatchingTypes(supergraph.supergraphSchema);
  const demandsAt = createDemandsAt(supergraph.supergraphSchema);
  const estimateOf = createEstimates(supergraph.supergraphSchema, createCostDirectives(supergraph.costNames), listSize);
  // Goes when the document goes: whoever keeps documents decides how many plans are kept.
  const known = new WeakMap<DocumentNode, Map<string, Known>>();

  const prepare = (document: DocumentNode, operationName: string | undefined): Known => {
    const context = readOperation(document, operationName);
    const guarded = guard(schema, demandsAt, context.operation, context.fragments);
    const grants = createBoundedMap<Grant & { readonly to: GrantedTo }>(GRANTS_AN_OPERATION);

    const grantWithout = (refused: readonly Guard[], key: string): Grant => {
      const allowed = refused.length === 0 ? document : withoutRefused(guarded, refused);
      const plan = compilePlan(allowed ? supergraph.plan(allowed, operationName) : { kind: 'QueryPlan' }, subgraphTypes, aliases.asClient);
      // With its fragments written out where something is refused, so that one place can be and another not.
      const answered = refused.length === 0 ? context : { operation: guarded.operation, fragments: {} };
      return { key, refused, plan, respond: createRespond(schema, clientTypes, answered, { fetched: plan.fetched, nameOf: aliases.nameOf, refused: refusedNodes(guarded, refused) }) };
    };

    const operation: Operation = {
      kind: context.operation.operation,
      readVariables: compileReadVariables(schema, context.operation.variableDefinitions ?? []),
      asksForSchema: asksForSchema(context),
      policies: policiesIn(guarded.guards),
      estimateCost: estimateOf(context),
      grantFor(actor, holding) {
        const refused = refusedTo(actor, guarded.guards, holding);
        const key = refused.map((one) => guarded.guards.indexOf(one)).join();
        const kept = grants.get(key);
        if (found) found[kept ? 'hits' : 'misses'] += 1;
        if (kept) return kept;
        const grant = { ...grantWithout(refused, key), to: { actor, holding } };
        grants.set(key, grant);
        return grant;
      },
    };
    return { operation, operationName, times: 0, granted: () => Array.from(grants.values(), ({ to }) => to) };
  };

  const take = (document: DocumentNode, operationName: string | undefined, times: number): Operation => {
    const ofDocument = known.get(document) ?? new Map<string, Known>();
    known.set(document, ofDocument);
    const one = ofDocument.get(operationName ?? '') ?? prepare(document, operationName);
    ofDocument.set(operationName ?? '', one);
    one.times += times;
    return one.operation;
  };

  return {
    read: (document, operationName) => take(document, operationName, 1),
    usageOf: (document) => Array.from(known.get(document)?.values() ?? [], ({ operationName, times, granted }) => ({ operationName, times, granted: granted() })),
    adopt: (document, { operationName, times }) => take(document, operationName, times),
  };
};
