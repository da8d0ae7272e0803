import type { ExecutionResult } from 'graphql';
import type { FetchNode, QueryPlan } from '../federation/apollo.ts';
import { compileFetch, type Compiling } from './fetch.ts';
import { fetchedBy, type Fetched } from './fetched.ts';
import type { Run, Step } from './run.ts';
import { fetchesOf, namelessOf, stageOf, type Stage } from './stages.ts';
import type { MatchingTypes } from './types.ts';

/** A query plan in the form that it is carried out in. */
export interface RunnablePlan {
  /** Of a subscription: where its events come from. */
  readonly source: FetchNode | undefined;
  /** All that it asks for. */
  readonly fetched: Fetched;
  /** Fills `run.root`. Of a subscription, an event stands in for the answer to its first fetch. */
  readonly carryOut: (run: Run, event?: ExecutionResult) => Promise<void>;
}

const inSequence = (steps: readonly Step[]): Step => async (run) => {
  for (const step of steps) await step(run);
};

const inParallel = (steps: readonly Step[]): Step => async (run) => void (await Promise.all(steps.map((step) => step(run))));

const onCondition = (variable: string, met: Step, unmet: Step): Step => (run) => (run.coerced[variable] === true ? met(run) : unmet(run));

/** The query of a fetch without its name, where the plan has others that read the same. */
const createLikeOthers = (stage: Stage): Compiling['likeOthers'] => {
  const keyOf = (node: FetchNode): string => node.serviceName + namelessOf(node);
  const keys = fetchesOf(stage).flatMap(({ node }) => (node.operationKind === 'query' ? keyOf(node) : []));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return (node) => ((counts.get(keyOf(node)) ?? 0) > 1 ? namelessOf(node) : undefined);
};

const compile = (stage: Stage, compiling: Compiling): Step => {
  const inner = (one: Stage): Step => compile(one, compiling);
  switch (stage.kind) {
    case 'Fetch':
      return compileFetch(stage, compiling);
    case 'Sequence':
      return inSequence(stage.stages.map(inner));
    case 'Parallel':
      return inParallel(stage.stages.map(inner));
    case 'Condition':
      return onCondition(stage.variable, inner(stage.met), inner(stage.unmet));
  }
};

const compileAll = (stage: Stage, compiling: Omit<Compiling, 'likeOthers'>): Step => compile(stage, { ...compiling, likeOthers: createLikeOthers(stage) });

/**
 * Compiles a plan, once for all its runs. `asClient` gives steps of paths in the data as the client knows them.
 *
 * @throws Problem when the plan needs what is not done here (`@defer`).
 */
export const compilePlan = ({ node }: QueryPlan, types: MatchingTypes, asClient: Compiling['asClient'] = (step) => step): RunnablePlan => {
  const compiling = { types, asClient };
  if (node?.kind !== 'Subscription') {
    const stage = stageOf(node);
    return { source: undefined, fetched: fetchedBy(fetchesOf(stage)), carryOut: compileAll(stage, compiling) };
  }
  const [first, rest] = [stageOf(node.primary), stageOf(node.rest)];
  const [receive, complete] = [compileAll(first, compiling), compileAll(rest, compiling)];
  return {
    source: node.primary,
    fetched: fetchedBy([...fetchesOf(first), ...fetchesOf(rest)]),
    async carryOut(run, event) {
      await receive({ ...run, sources: { [node.primary.serviceName]: async () => event ?? {} } });
      await complete(run);
    },
  };
};
