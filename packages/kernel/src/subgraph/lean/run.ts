import type { FragmentDefinitionNode, GraphQLError, GraphQLResolveInfo, GraphQLSchema, GraphQLTypeResolver, OperationDefinitionNode } from 'graphql';

/** A value that is there, or will be: what is there is never waited for. */
export type Eventually<Value> = Value | Promise<Value>;

export const isPromise = <Value>(value: Eventually<Value>): value is Promise<Value> => value instanceof Promise;

/** A promise of whatever make: Prisma has its own. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> => typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

/** An error that is given as a value, as some loaders do, is as good as thrown. */
export const unlessError = (value: unknown): unknown => {
  if (value instanceof Error) throw value;
  return value;
};

/** What a resolver gave, as a value or as a promise of one. */
export const settle = (given: unknown): unknown => (isThenable(given) ? Promise.resolve(given).then(unlessError) : unlessError(given));

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
