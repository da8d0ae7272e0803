import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';

export interface Listener {
  /** What came so far, refusals included. */
  readonly events: readonly ExecutionResult<Record<string, unknown>>[];
  /** When the platform has nothing more to say. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Subscribes over graphql-ws, like any client. */
export const listen = (url: string, accessToken: string | undefined, query: string, variables: Readonly<Record<string, unknown>>): Listener => {
  const client = createClient({ url: url.replace(/^http/, 'ws'), ...(accessToken && { connectionParams: { authorization: `Bearer ${accessToken}` } }) });
  const events: ExecutionResult<Record<string, unknown>>[] = [];
  let stop = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    stop = client.subscribe<Record<string, unknown>>({ query, variables }, {
      next: (event) => void events.push(event as ExecutionResult<Record<string, unknown>>),
      error: (errors) => {
        events.push({ errors: errors as NonNullable<ExecutionResult['errors']> });
        resolve();
      },
      complete: resolve,
    });
  });
  return {
    events,
    ended,
    async stop() {
      stop();
      await client.dispose();
    },
  };
};
