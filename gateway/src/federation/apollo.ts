/**
 * All that is used of Apollo's planner and executor, in one place: these exports are public but little documented, so
 * their versions are pinned and nothing else imports the packages.
 */
import './env.ts';

export { buildOperationContext, executeQueryPlan } from '@apollo/gateway';
export { operationFromDocument, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph, type Schema } from '@apollo/federation-internals';
export { QueryPlanner, type FetchNode, type QueryPlan, type SubscriptionNode } from '@apollo/query-planner';

import type { buildOperationContext, executeQueryPlan, ServiceMap } from '@apollo/gateway';

export type OperationContext = ReturnType<typeof buildOperationContext>;
export type PlanContext = Parameters<typeof executeQueryPlan>[2];
export type DataSource = ServiceMap[string];
