import { Problem } from '@buffrsign/kernel/gateway';
import type { ExecutionResult } from 'graphql';
import type { FetchNode, PlanNode, QueryPlan } from '../federation/apollo.ts';
import type { Path } from './data.ts';
import { compileFetch, type Compiling } from './fetch.ts';
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

const fetchesOf = (node: PlanNode | undefined): FetchNode[] => {
  if (node?.kind === 'Fetch') return [node];
  if (node?.kind === 'Flatten') return fetchesOf(node.node);
  if (node?.kind === 'Condition') return [...fetchesOf(node.ifClause), ...fetchesOf(node.elseClause)];
  return node?.kind === 'Sequence' || node?.kind === 'Parallel' ? node.nodes.flatMap(fetchesOf) : [];
};

/** Plans give every fetch a name of its own, also where two read the same. */
const namelessOf = ({ operation, operationName }: FetchNode): string => (operationName === undefined ? operation : operation.replace(operationName, ''));

const createLikeOthers = (plan: PlanNode | undefined): Compiling['likeOthers'] => {
  const fetches = fetchesOf(plan).filter(({ operationKind }) => operationKind === 'query');
  const counts = new Map<string, number>();
  for (const key of fetches.map((node) => node.serviceName + namelessOf(node))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return (node) => ((counts.get(node.serviceName + namelessOf(node)) ?? 0) > 1 ? namelessOf(node) : undefined);
};

const compile = (node: PlanNode | undefined, path: Path, compiling: Compiling): Step => {
  const inner = (one: PlanNode | undefined): Step => compile(one, path, compiling);
  switch (node?.kind) {
    case undefined:
      return nothing;
    case 'Fetch':
      return compileFetch(node, path, compiling);
    case 'Flatten':
      return compile(node.node, [...path, ...node.path], compiling);
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
  if (node?.kind !== 'Subscription') return { source: undefined, carryOut: compile(node, [], { types, likeOthers: createLikeOthers(node) }) };
  const { primary, rest } = node;
  const compiling = { types, likeOthers: createLikeOthers(rest) };
  const [first, completion] = [compileFetch(primary, [], compiling), compile(rest, [], compiling)];
  return {
    source: primary,
    async carryOut(run, event) {
      await first({ ...run, sources: { [primary.serviceName]: async () => event ?? {} } });
      await completion(run);
    },
  };
};
