import { Problem } from '@buffrsign/kernel/gateway';
import type { FetchNode, PlanNode } from '../federation/apollo.ts';
import type { Path } from './data.ts';

/** A fetch, and where what it fetches stands: one of entities may be for several paths at once. */
export interface FetchStage {
  readonly kind: 'Fetch';
  readonly node: FetchNode;
  readonly paths: readonly [Path, ...Path[]];
}

/** A plan as it is carried out. */
export type Stage =
  | FetchStage
  | { readonly kind: 'Sequence' | 'Parallel'; readonly stages: readonly Stage[] }
  | { readonly kind: 'Condition'; readonly variable: string; readonly met: Stage; readonly unmet: Stage };

const nothing: Stage = { kind: 'Sequence', stages: [] };

/** Plans give every fetch a name of its own, also where two read the same. */
export const namelessOf = ({ operation, operationName }: FetchNode): string => (operationName === undefined ? operation : operation.replace(operationName, ''));

/** What fetches of entities must have in common to be one. */
const sameness = (node: FetchNode): string => JSON.stringify([node.serviceName, namelessOf(node), node.variableUsages, node.requires, node.inputRewrites, node.outputRewrites]);

/** Fetches of entities, one after the other, with nothing beside them. */
const chainOf = (stage: Stage): readonly FetchStage[] | undefined => {
  if (stage.kind === 'Fetch') return stage.node.requires ? [stage] : undefined;
  if (stage.kind !== 'Sequence') return undefined;
  const chains = stage.stages.map(chainOf);
  return chains.every((chain) => chain !== undefined) ? chains.flat() : undefined;
};

const sequenceOf = (stages: readonly Stage[]): Stage => (stages.length === 1 ? stages[0]! : { kind: 'Sequence', stages });

/** One chain that does what all of them do, each of its fetches at the paths of all. */
const joined = (stages: readonly Stage[]): Stage => {
  const chains = stages.map((stage) => chainOf(stage)!);
  return sequenceOf(chains[0]!.map((first, index): FetchStage => ({ ...first, paths: chains.flatMap((chain) => chain[index]!.paths) as [Path, ...Path[]] })));
};

/**
 * Puts together what a plan would ask of the same subgraph in the same words at the same time, for another path each,
 * as for `bestFriend { name } colleagues { name }`: it is one request, in which an entity that stands at several of the
 * paths is asked for once.
 */
const parallelOf = (stages: readonly Stage[]): Stage => {
  const alike = Map.groupBy<string | Stage, Stage>(stages, (stage) => chainOf(stage)?.map(({ node }) => sameness(node)).join('\n') ?? stage);
  const together = Array.from(alike.values(), (group) => (group.length === 1 ? group[0]! : joined(group)));
  return together.length === 1 ? together[0]! : { kind: 'Parallel', stages: together };
};

/**
 * A node of a plan, with what is inside of it, as it is carried out at a path.
 *
 * @throws Problem when the plan needs what is not done here (`@defer`).
 */
export const stageOf = (node: PlanNode | undefined, path: Path = []): Stage => {
  const inner = (one: PlanNode | undefined): Stage => stageOf(one, path);
  switch (node?.kind) {
    case undefined:
      return nothing;
    case 'Fetch':
      return { kind: 'Fetch', node, paths: [path] };
    case 'Flatten':
      return stageOf(node.node, [...path, ...node.path]);
    case 'Sequence':
      return sequenceOf(node.nodes.map(inner));
    case 'Parallel':
      return parallelOf(node.nodes.map(inner));
    case 'Condition':
      return { kind: 'Condition', variable: node.condition, met: inner(node.ifClause), unmet: inner(node.elseClause) };
    case 'Defer':
      throw new Problem('BAD_USER_INPUT', { message: '@defer is not served here. Ask for the slow part in an operation of its own.' });
  }
};

export const fetchesOf = (stage: Stage): readonly FetchStage[] => {
  if (stage.kind === 'Fetch') return [stage];
  return stage.kind === 'Condition' ? [...fetchesOf(stage.met), ...fetchesOf(stage.unmet)] : stage.stages.flatMap(fetchesOf);
};
