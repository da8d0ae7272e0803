import { createClient } from 'graphql-ws';

/** An operation with the types of its variables and its result, as codegen writes them. */
export interface Operation<Result, Variables> {
  toString(): string;
  __apiType?: (variables: Variables) => Result;
}

/** The graph answered with errors: something is wrong that other input would not mend. */
export class GraphError extends Error {
  override name = 'GraphError';
}

export interface GraphClient {
  /** The same client with another token. */
  as(accessToken: string): GraphClient;
  request<Result, Variables>(operation: Operation<Result, Variables>, variables: Variables): Promise<Result>;
  /** Calls `onEvent` for each event until the function that it gives is called. */
  subscribe<Result, Variables>(operation: Operation<Result, Variables>, variables: Variables, onEvent: (event: Result) => void): () => Promise<void>;
}

/** A client like any other: HTTP for queries and mutations, graphql-ws for subscriptions. */
export const createGraphClient = (url: string, accessToken?: string): GraphClient => {
  const authorization = accessToken && `Bearer ${accessToken}`;
  return {
    as: (token) => createGraphClient(url, token),
    async request(operation, variables) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: JSON.stringify({ query: operation.toString(), variables }),
      }).catch(() => {
        throw new GraphError(`Nothing answers at ${url}. Start the platform first: npm start`);
      });
      const { data, errors } = (await response.json()) as { data?: never; errors?: { message: string }[] };
      if (errors?.length) throw new GraphError(errors.map((error) => error.message).join(' '));
      return data!;
    },
    subscribe(operation, variables, onEvent) {
      const socket = createClient({ url: url.replace(/^http/, 'ws'), ...(authorization && { connectionParams: { authorization } }) });
      const unsubscribe = socket.subscribe<never>(
        { query: operation.toString(), variables: variables as Record<string, unknown> },
        {
          next: ({ data, errors }) => {
            if (errors?.length) console.warn(`  ! ${errors.map((error) => error.message).join(' ')}`);
            if (data) onEvent(data);
          },
          error: (error) => console.warn(`  ! the live connection ended: ${error instanceof Error ? error.message : JSON.stringify(error)}`),
          complete: () => undefined,
        },
      );
      return async () => {
        unsubscribe();
        await socket.dispose();
      };
    },
  };
};
