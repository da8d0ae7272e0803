import type { Actor } from '@buffrsign/kernel/gateway';
import type { DocumentNode, OperationTypeNode, VariableDefinitionNode } from 'graphql';
import { createDemandsAt } from './authorize/demands-of-schema.ts';
import { guard, type Guard } from './authorize/guards.ts';
import { refusedTo, withoutRefused } from './authorize/restrict.ts';
import { createBoundedMap } from './bounded-map.ts';
import { compilePlan, type RunnablePlan } from './execute/plan.ts';
import { createRespond, type Respond } from './execute/response.ts';
import { createMatchingTypes } from './execute/types.ts';
import { operationFromDocument, type QueryPlan } from './federation/apollo.ts';
import { readOperation } from './operation-context.ts';
import type { LoadedSupergraph } from './supergraph.ts';

/** What an actor gets of an operation: a plan that never fetches what is refused. Without a node there is nothing to fetch. */
export interface Grant {
  readonly plan: RunnablePlan;
  readonly refused: readonly Guard[];
}

/** One operation of a validated document: analysed once, planned once for every set of fields that is refused. */
export interface Operation {
  readonly kind: OperationTypeNode;
  readonly variables: readonly VariableDefinitionNode[];
  /** Of the document as it was sent: answers have its shape, whatever was refused. */
  readonly respond: Respond;
  grantFor(actor: Actor): Grant;
}

/** That an operation was asked for: how often, and by whom; one actor stands for all who are refused the same. */
export interface Usage {
  readonly operationName: string | undefined;
  readonly times: number;
  readonly actors: readonly Actor[];
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
  readonly actors: () => readonly Actor[];
  times: number;
}

/** Sets of refused fields that are kept planned for one operation; there are about as many as there are roles. */
const GRANTS_AN_OPERATION = 50;

export const createOperations = (supergraph: LoadedSupergraph): Operations => {
  const { schema, apiSchema, planner } = supergraph;
  const clientTypes = createMatchingTypes(schema);
  const subgraphTypes = createMatchingTypes(supergraph.supergraphSchema);
  const demandsAt = createDemandsAt(supergraph.supergraphSchema);
  // Goes when the document goes: whoever keeps documents decides how many plans are kept.
  const known = new WeakMap<DocumentNode, Map<string, Known>>();

  const planOf = (document: DocumentNode | undefined, operationName: string | undefined): QueryPlan =>
    document ? planner.buildQueryPlan(operationFromDocument(apiSchema, document, { ...(operationName !== undefined && { operationName }) })) : { kind: 'QueryPlan' };

  const prepare = (document: DocumentNode, operationName: string | undefined): Known => {
    const context = readOperation(document, operationName);
    const guarded = guard(schema, demandsAt, context.operation, context.fragments);
    const grants = createBoundedMap<Grant & { readonly actor: Actor }>(GRANTS_AN_OPERATION);
    const operation: Operation = {
      kind: context.operation.operation,
      variables: context.operation.variableDefinitions ?? [],
      respond: createRespond(schema, clientTypes, context),
      grantFor(actor) {
        const refused = refusedTo(actor, guarded.guards);
        const key = refused.map((one) => guarded.guards.indexOf(one)).join();
        const kept = grants.get(key);
        if (kept) return kept;
        const grant = { actor, refused, plan: compilePlan(planOf(refused.length === 0 ? document : withoutRefused(guarded, refused), operationName), subgraphTypes) };
        grants.set(key, grant);
        return grant;
      },
    };
    return { operation, operationName, times: 0, actors: () => Array.from(grants.values(), ({ actor }) => actor) };
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
    usageOf: (document) => Array.from(known.get(document)?.values() ?? [], ({ operationName, times, actors }) => ({ operationName, times, actors: actors() })),
    adopt: (document, { operationName, times }) => take(document, operationName, times),
  };
};
