import type { Client, FormattedExecutionResult, Sink, SubscribePayload } from 'graphql-ws';
import { iterate } from './iterate.ts';
import type { ResumeOptions } from './options.ts';
import { isSubscription } from './signals.ts';
import { subscribeResuming } from './subscription.ts';

/**
 * Wraps a client of graphql-ws that is there already. What it does after a lost connection stays its own affair
 * (`retryAttempts`, `retryWait`, `shouldRetry`): every subscription that it sends again is sent with its last cursor.
 */
export const resumable = (client: Client, options: ResumeOptions = {}): Client => {
  const open = new Set<() => void>();

  const subscribe = <Data, Extensions>(payload: SubscribePayload, sink: Sink<FormattedExecutionResult<Data, Extensions>>): (() => void) => {
    if (!isSubscription(payload)) return client.subscribe(payload, sink);
    const unsubscribe = subscribeResuming<Data, Extensions>(client, payload, { ...options, sink, ended: () => void open.delete(unsubscribe) });
    open.add(unsubscribe);
    return unsubscribe;
  };

  return {
    on: client.on,
    subscribe,
    iterate: <Data, Extensions>(payload: SubscribePayload) => iterate<FormattedExecutionResult<Data, Extensions>>((sink) => subscribe(payload, sink)),
    terminate: () => client.terminate(),
    dispose() {
      for (const unsubscribe of [...open]) unsubscribe();
      return client.dispose();
    },
  };
};
