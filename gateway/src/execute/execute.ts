import type { Logger } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import type { RequestContext } from '../context.ts';
import { executeQueryPlan, type DataSource, type PlanContext, type QueryPlan } from '../federation/apollo.ts';
import type { Operation } from '../operations.ts';
import type { LoadedSupergraph } from '../supergraph.ts';

export interface Execution {
  readonly operation: Operation;
  readonly plan: QueryPlan;
  readonly sources: Readonly<Record<string, DataSource>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
}

/** Carries out a plan and puts the answer together in the shape of the operation. */
export type Execute = (execution: Execution) => Promise<ExecutionResult>;

export const createExecute =
  (supergraph: LoadedSupergraph, log: Logger): Execute =>
  async ({ operation, plan, sources, variables, context }) => {
    // The executor asks for Apollo's whole request context but reads only these of it.
    const planContext = { request: { variables }, document: operation.document, context, metrics: {}, logger: log } as unknown as PlanContext;
    const { data, errors } = await executeQueryPlan(plan, sources, planContext, operation.context, supergraph.supergraphSchema, supergraph.apiSchema);
    return { ...(data !== undefined && { data: data as Record<string, unknown> | null }), ...(errors && { errors }) };
  };
