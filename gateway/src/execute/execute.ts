import type { ExecutionResult, GraphQLError } from 'graphql';
import type { RequestContext } from '../context.ts';
import { toGraphQLError } from '../errors.ts';
import type { RunnablePlan } from './plan.ts';
import type { Respond } from './response.ts';
import type { Run, Source } from './run.ts';

export interface Execution {
  readonly plan: RunnablePlan;
  readonly respond: Respond;
  readonly sources: Readonly<Record<string, Source>>;
  /** As the client sent them, and coerced with their defaults. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  /** What the actor is refused: errors of the answer, whatever comes of the rest. */
  readonly refusals: readonly GraphQLError[];
  /** An event of a subscription, in place of the plan's first fetch. */
  readonly event?: ExecutionResult;
}

/**
 * Carries out a plan and puts the answer together in the shape of the operation. What could not be null but is, is an
 * error of its own only where nothing was refused and no fetch failed: otherwise it follows from what was said already.
 */
export const execute = async ({ plan, respond, refusals, event, sources, variables, coerced, context }: Execution): Promise<ExecutionResult> => {
  const run: Run = { sources, variables, coerced, context, root: {}, errors: [], isShared: false };
  try {
    await plan.carryOut(run, event);
    const { data, errors } = respond(run.root, run.coerced, run.isShared);
    if (run.errors.length > 0 || refusals.length > 0) return { data, errors: [...run.errors, ...refusals] };
    return errors.length > 0 ? { data, errors } : { data };
  } catch (error) {
    return { errors: [toGraphQLError(error), ...refusals] };
  }
};
