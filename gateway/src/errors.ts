import { maskError, type Logger } from '@buffrsign/kernel/gateway';
import { GraphQLError, type ExecutionResult, type FormattedExecutionResult, type GraphQLFormattedError } from 'graphql';

/** Turns an error into what may leave. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Masks errors and takes out what the server noted in them for itself. */
export const createFormatError =
  (log: Logger): FormatError =>
  (formatted, error) => {
    const { http: _ofServer, ...extensions } = formatted.extensions ?? {};
    return maskError({ ...formatted, extensions }, error, log);
  };

export const toGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError('Something went wrong on our side.', { originalError: error instanceof Error ? error : new Error(String(error)) });

/** Nothing came for what cannot be null, and nobody said why: mostly a reference to what is not there, or not for this actor. */
export class AbsenceError extends GraphQLError {
  override name = 'AbsenceError';
}

/**
 * A result as it may leave. A reference that leads to nothing is a null without an error, since that is no fault;
 * only where it leaves nothing of the answer is it told.
 */
export const formatResult = (result: ExecutionResult, formatError: FormatError): FormattedExecutionResult => {
  if (!result.errors) return result as Omit<ExecutionResult, 'errors'>;
  const { errors, ...rest } = result;
  const told = errors.filter((error) => !rest.data || !(error instanceof AbsenceError));
  return told.length > 0 ? { ...rest, errors: told.map(toGraphQLError).map((error) => formatError(error.toJSON(), error)) } : rest;
};
