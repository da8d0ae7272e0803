import type { FragmentDefinitionNode, GraphQLError, GraphQLResolveInfo, GraphQLSchema, GraphQLTypeResolver, OperationDefinitionNode } from 'graphql';

/** A value that is there, or will be: what is there is never waited for. */
export type Eventually<Value> = Value | Promise<Value>;

export const isPromise = <Value>(value: Eventually<Value> | PromiseLike<Value>): value is Promise<Value> => typeof (value as { then?: unknown } | null | undefined)?.then === 'function';

/** The way to a value, as graphql has it: an array is made of it only when there is an error to tell. */
export type Step = GraphQLResolveInfo['path'];

export const step = (prev: Step | undefined, key: string | number): Step => ({ prev, key, typename: undefined });

/** Lets what is under way come to its end before an error goes on, so that no failure of it is left to nobody. */
export const afterAll = (waiting: readonly unknown[], error: unknown): Promise<never> =>
  Promise.allSettled(waiting).then(() => {
    throw error;
  });

/** One execution. */
export interface Run {
  readonly schema: GraphQLSchema;
  readonly context: unknown;
  readonly variables: Record<string, unknown>;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly typeResolver: GraphQLTypeResolver<unknown, unknown>;
  readonly errors: GraphQLError[];
}
