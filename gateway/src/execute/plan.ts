import { Problem } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import type { FetchNode, PlanNode, QueryPlan } from '../federation/apollo.ts';
import type { Path } from './data.ts';
import { compileFetch } from './fetch.ts';
import type { Run, Step } from './run.ts';
import type { MatchingTypes } from './types.ts';

/** A query plan in the form that it is carried out in. */
export interface RunnablePlan {
  /** Of a subscription: where its events come from. */
  readonly source: FetchNode | undefined;
  /** Fills `run.root`. Of a subscription, an event stands in for the answer to its first fetch. */
  readonly carryOut: (run: Run, event?: ExecutionResult) => Promise<void>;
}

const inSequence = (steps: readonly Step[]): Step => async (run) => {
  for (const step of steps) await step(run);
};

const inParallel = (steps: readonly Step[]): Step => async (run) => void (await Promise.all(steps.map((step) => step(run))));

const nothing: Step = async () => undefined;

const onCondition = (variable: string, met: Step, unmet: Step): Step => (run) => (run.coerced[variable] === true ? met(run) : unmet(run));

const compile = (node: PlanNode | undefined, path: Path, types: MatchingTypes): Step => {
  const inner = (one: PlanNode | undefined): Step => compile(one, path, types);
  switch (node?.kind) {
    case undefined:
      return nothing;
    case 'Fetch':
      return compileFetch(node, path, types);
    case 'Flatten':
      return compile(node.node, [...path, ...node.path], types);
    case 'Sequence':
      return inSequence(node.nodes.map(inner));
    case 'Parallel':
      return inParallel(node.nodes.map(inner));
    case 'Condition':
      return onCondition(node.condition, inner(node.ifClause), inner(node.elseClause));
    case 'Defer':
      throw new Problem('BAD_USER_INPUT', { message: '@defer is not served here. Ask for the slow part in an operation of its own.' });
  }
};

/**
 * Compiles a plan, once for all its runs.
 *
 * @throws Problem when the plan needs what is not done here (`@defer`).
 */
export const compilePlan = ({ node }: QueryPlan, types: MatchingTypes): RunnablePlan => {
  if (node?.kind !== 'Subscription') return { source: undefined, carryOut: compile(node, [], types) };
  const { primary, rest } = node;
  const [first, completion] = [compileFetch(primary, [], types), compile(rest, [], types)];
  return {
    source: primary,
    async carryOut(run, event) {
      await first({ ...run, sources: { [primary.serviceName]: async () => event ?? {} } });
      await completion(run);
    },
  };
};
