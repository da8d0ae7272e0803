import type { Client } from 'graphql-ws';
import { HAPPENED } from './log-server.ts';

/** Subscribes to a topic and keeps what comes. */
export const collect = (client: Client, topic: string, extensions?: Record<string, unknown>) => {
  const values: number[] = [];
  const outcome: { ended?: 'complete' | 'error'; error?: unknown } = {};
  const unsubscribe = client.subscribe<{ happened: number }>(
    { query: HAPPENED, variables: { topic }, ...(extensions && { extensions }) },
    {
      next: ({ data }) => void values.push(data!.happened),
      error: (error) => Object.assign(outcome, { ended: 'error', error }),
      complete: () => Object.assign(outcome, { ended: 'complete' }),
    },
  );
  return { values, outcome, unsubscribe };
};
