/**
 * All that is used of Apollo's planner, in one place: these exports are public but little documented, so
 * their versions are pinned and nothing else imports the packages.
 */
export { operationFromDocument, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
export { QueryPlanner, type FetchDataRewrite, type FetchNode, type PlanNode, type QueryPlan, type QueryPlanFieldNode, type QueryPlanInlineFragmentNode, type QueryPlanSelectionNode } from '@apollo/query-planner';
