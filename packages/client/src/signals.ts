import { getOperationAST, parse } from 'graphql';
import type { FormattedExecutionResult, SubscribePayload } from 'graphql-ws';

/** What a server says beside the events themselves. */

type Result = Pick<FormattedExecutionResult<unknown, unknown>, 'data' | 'errors' | 'extensions'>;

/** Whether an operation is a subscription. Others are never sent again: a mutation may have been carried out. */
export const isSubscription = ({ query, operationName }: SubscribePayload): boolean => {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    // The server says what is wrong with it.
    return false;
  }
};

/** Where in its log the server was with this event. */
export const cursorOf = ({ extensions }: { readonly extensions?: unknown }): string | undefined => {
  const cursor = (extensions as { cursor?: unknown } | null | undefined)?.cursor;
  return typeof cursor === 'string' ? cursor : undefined;
};

/** The codes of a refusal, which comes as an error message: a list of GraphQL errors and nothing else. */
export const codesOf = (errors: unknown): readonly string[] =>
  Array.isArray(errors) ? errors.map((error) => (error as { extensions?: { code?: unknown } } | null)?.extensions?.code).filter((code) => typeof code === 'string') : [];

/** The codes of a result that is no event but tells why there are no more: without data, and at no place in the log. */
export const codesInstead = (result: Result): readonly string[] => (result.data == null && cursorOf(result) === undefined ? codesOf(result.errors) : []);
