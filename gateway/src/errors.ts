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

/** A result as it may leave. */
export const formatResult = (result: ExecutionResult, formatError: FormatError): FormattedExecutionResult => {
  const { errors, ...rest } = result;
  return errors ? { ...rest, errors: errors.map(toGraphQLError).map((error) => formatError(error.toJSON(), error)) } : rest;
};
