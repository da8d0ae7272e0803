import { problems } from '@buffrsign/kernel/gateway';
import { GraphQLError } from 'graphql';
import type { Path } from './data.ts';

type Code = keyof typeof problems;
const isOurs = (code: unknown): code is Code => typeof code === 'string' && Object.hasOwn(problems, code);

/**
 * An error of a subgraph as it may go into the answer. Subgraphs mask their errors, so one with a code of ours may go on
 * to the client. Any other is a fault between gateway and subgraph and is masked here.
 */
export const takeOver = (subgraph: string, error: Pick<GraphQLError, 'message' | 'extensions'>, path: Path | undefined): GraphQLError => {
  const { message, extensions } = error;
  const code = extensions?.['code'];
  if (isOurs(code)) return new GraphQLError(message, { ...(path && { path }), extensions });
  const origin = new Error(`Subgraph ${subgraph} answered with ${String(code ?? 'an error without a code')}: ${message}`);
  return new GraphQLError(problems.INTERNAL, { ...(path && { path }), extensions: { code: 'INTERNAL' }, originalError: origin });
};

/** The same error at other places. */
export const errorsAt = (error: GraphQLError, paths: readonly Path[]): GraphQLError[] =>
  paths.map((path) => new GraphQLError(error.message, { path, extensions: error.extensions, ...(error.originalError && { originalError: error.originalError }) }));
