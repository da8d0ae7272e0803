import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '../runtime/logger.ts';
import { newId } from '../data/ids.ts';
import { isDatabaseAway } from './database-away.ts';
import { Problem, problems } from './problem.ts';

const rootOf = (error: unknown): unknown => {
  let root = error;
  while (root instanceof GraphQLError && !(root instanceof Problem) && root.originalError) root = root.originalError;
  return root;
};

/** Codes that graphql and Apollo give to requests that are themselves wrong: safe to show. */
const requestFaults = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST', 'PERSISTED_QUERY_NOT_FOUND', 'OPERATION_RESOLUTION_FAILURE']);

/**
 * What may leave of an error: problems and faults of the request as they are; anything else becomes INTERNAL, or
 * UNAVAILABLE where only the database does not answer, with an id that finds it in the log.
 */
export const maskError = (formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError => {
  const root = rootOf(error);
  if (root instanceof Problem) {
    if (root.pvt) log.warn({ code: root.code, ...root.pvt }, root.message);
    return { ...formatted, message: root.message, extensions: { ...root.extensions } };
  }
  const { stacktrace: _inside, ...extensions } = formatted.extensions ?? {};
  // An error without an origin was made by graphql itself, about the request.
  if (root instanceof GraphQLError && (root.originalError === undefined || requestFaults.has(String(extensions['code'])))) {
    return { ...formatted, extensions };
  }
  const errorId = newId('err');
  log.error({ err: root, errorId, path: formatted.path }, 'unexpected error');
  const code = isDatabaseAway(root) ? 'UNAVAILABLE' : 'INTERNAL';
  return { message: problems[code], ...(formatted.locations && { locations: formatted.locations }), ...(formatted.path && { path: formatted.path }), extensions: { code, errorId } };
};
