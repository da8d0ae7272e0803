import { Problem } from '@buffrsign/kernel/gateway';
import { getOperationAST, GraphQLError } from 'graphql';
import { createHolding, type EvaluatePolicies, type Holding } from './authorize/policies.ts';
import { refusalsOf } from './authorize/refusals.ts';
import { createCost } from './cost/admit-cost.ts';
import { defaultCost, type CostSettings, type ObserveCost } from './cost/settings.ts';
import { toGraphQLError } from './errors.ts';
import type { OperationRequest } from './gateway.ts';
import { schemaRefused, type Introspection } from './introspection.ts';
import type { Grant, Operation, Operations } from './operations.ts';
import type { LoadedSupergraph } from './supergraph.ts';
import type { Hits } from './telemetry/counts.ts';

/** A request that can be carried out: found in its document, its variables sound, cut down to what the actor may have. */
export interface Admitted {
  readonly operation: Operation;
  readonly grant: Grant;
  readonly refusals: readonly GraphQLError[];
  /** Variables as the schema has them, with their defaults. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly cost: Pick<CostSettings, 'max' | 'mode'> & { readonly estimated: number };
  /**
   * Asks the policies again, for another event.
   *
   * @throws Problem when the actor may now have something else: plan and answer are those of the beginning.
   */
  recheck(): Promise<void>;
}

export type Admit = (request: OperationRequest) => Promise<Admitted | { readonly errors: readonly GraphQLError[] }>;

/** What is decided about an operation before it is planned. */
export interface AdmittingOptions {
  readonly introspection?: Introspection;
  readonly cost?: Partial<CostSettings> | undefined;
  readonly observeCost?: ObserveCost | undefined;
  readonly evaluatePolicies?: EvaluatePolicies | undefined;
  /** Counts how often a plan was there already. */
  readonly found?: Hits;
}

const noSuchOperation = (name: string | undefined): GraphQLError => {
  const message = name ? `The document has no operation named "${name}".` : 'The document has several operations: say by operationName which one is meant.';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
};

const changed = (): Problem =>
  new Problem('UNAUTHORIZED_FIELD_OR_TYPE', { message: 'What you may see of this stream has changed, so it was ended. Subscribe again.', pub: { reason: 'POLICY_CHANGED' } });

const createGrant = (holding: Holding) => (operation: Operation, { operationName, variables, context }: OperationRequest): Grant | Promise<Grant> => {
  const { actor, client, requestId, signal } = context;
  if (operation.policies.length === 0) return operation.grantFor(actor, []);
  return holding(operation.policies, actor, { client, requestId, signal, operationName, variables }).then((held) => operation.grantFor(actor, held));
};

export const createAdmit = (supergraph: LoadedSupergraph, operations: Operations, options: AdmittingOptions): Admit => {
  const { introspection = 'all', observeCost, evaluatePolicies } = options;
  const settings = { ...defaultCost, ...options.cost };
  const [costOf, grantOf] = [createCost(settings, observeCost), createGrant(createHolding(evaluatePolicies))];

  return async (request) => {
    const { document, operationName, variables, context } = request;
    if (!getOperationAST(document, operationName)) return { errors: [noSuchOperation(operationName)] };
    try {
      const operation = operations.read(document, operationName);
      const hidden = operation.asksForSchema ? schemaRefused(introspection, context.actor) : undefined;
      if (hidden) return { errors: [hidden] };
      const read = operation.readVariables(variables);
      if ('errors' in read) return read;
      const { coerced } = read;
      const { measured, refusals } = costOf(operation.estimateCost, coerced, operationName);
      if (refusals.length > 0) return { errors: refusals };
      const grant = await grantOf(operation, request);
      const recheck = async (): Promise<void> => {
        if (operation.policies.length > 0 && (await grantOf(operation, request)).key !== grant.key) throw changed();
      };
      const { estimated, max, mode } = measured;
      return { operation, grant, refusals: refusalsOf(grant.refused, context.actor, coerced), coerced, cost: { estimated, max, mode }, recheck };
    } catch (error) {
      // The planner throws at some operations of a supergraph that it composes: a fault of ours, but of this operation only.
      return { errors: [toGraphQLError(error)] };
    }
  };
};
