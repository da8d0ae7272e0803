import type { ExecutionResult, GraphQLError } from 'graphql';
import type { RequestContext } from '../context.ts';
import type { Data } from './data.ts';

/** One fetch of a plan on its way to its subgraph. */
export interface SourceRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly isMutation: boolean;
  /** The query without its name, where the plan has others that read the same; they may be under way together. */
  readonly likeOthers: string | undefined;
}

/** Answers the fetches for one subgraph. Throws a Problem when the subgraph is out of reach. */
export type Source = (request: SourceRequest, variables: Readonly<Record<string, unknown>>, context: RequestContext) => Promise<ExecutionResult>;

/** One carrying out of a plan. */
export interface Run {
  /** All that was answered so far. */
  readonly root: Data;
  /** As the client sent them: subgraphs coerce them by their own types. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same coerced, with their defaults; `@skip` and `@include` are decided by these. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly sources: Readonly<Record<string, Source>>;
  readonly context: RequestContext;
  readonly errors: GraphQLError[];
  /** Whether places may have objects in common: an entity with objects inside that was asked once stands at several. */
  isShared: boolean;
}

/** A part of a plan, ready to be carried out. */
export type Step = (run: Run) => Promise<void>;
