import type { FetchNode, QueryPlan } from '../federation/apollo.ts';

/** A subscription in two parts: where its events come from, and what completes each of them. */
export interface SubscriptionPlan {
  readonly source: FetchNode;
  /** A plan whose first fetch is answered by the event itself, from the pretended subgraph `eventSource`. */
  readonly completion: QueryPlan;
  readonly eventSource: string;
}

/** No subgraph can have `#` in its name. */
const eventSourceOf = (subgraph: string): string => `${subgraph}#event`;

const kept = new WeakMap<QueryPlan, SubscriptionPlan>();

/**
 * Splits the plan of a subscription. The event stands in for the first fetch, so that the executor merges it, fetches
 * the entities of the other subgraphs and shapes the answer as it does for any query.
 */
export const splitPlan = (plan: QueryPlan): SubscriptionPlan | undefined => {
  if (plan.node?.kind !== 'Subscription') return undefined;
  const { primary, rest } = plan.node;
  const eventSource = eventSourceOf(primary.serviceName);
  const event = { ...primary, serviceName: eventSource };
  const split = kept.get(plan) ?? { source: primary, eventSource, completion: { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [event, rest] } : event } };
  kept.set(plan, split);
  return split;
};
