import { createClient } from '@buffrsign/client';
import { CloseCode, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createSeen, FOLLOW, type Watcher, type WatcherOptions } from './watcher.ts';

/** One connection to the gateway over graphql-ws, for many watchers. */
export interface SocketWatchers {
  watch(envelopeId: string): Watcher;
  dispose(): Promise<void>;
}

export const createSocketWatchers = ({ port, tokenOf, happened, random }: WatcherOptions): SocketWatchers => {
  const faultsOf = new Map<unknown, (fault: string) => void>();
  const client: Client = createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: WebSocket,
    // Written anew at each sending, and nothing else says how often a subscription was taken up again.
    jsonMessageReplacer: (key, value: unknown) => (key === 'cursor' && happened('taken up again over graphql-ws'), value),
    connectionParams: () => ({ authorization: `Bearer ${tokenOf()}` }),
    on: { closed: (event) => (event as { code?: number }).code === CloseCode.Forbidden && happened('token run out') },
    backoff: () => 50 + random() * 200,
    onGap: ({ reason, payload }) => faultsOf.get(payload.extensions?.['watcher'])?.(reason),
  });
  let watchers = 0;

  const watch = (envelopeId: string): Watcher => {
    const seen = createSeen('graphql-ws', envelopeId);
    const watcher = (watchers += 1);
    // One that has seen nothing yet begins when it is told something; until then it cannot miss anything.
    faultsOf.set(watcher, (reason) => seen.start !== undefined && seen.faults.push(`has a gap: ${reason}`));
    const subscribe = (): (() => void) => {
      let current = true;
      const unsubscribe = client.subscribe(
        { query: FOLLOW, variables: { envelopeId }, extensions: { watcher, ...(seen.cursor !== undefined && { cursor: seen.cursor }) } },
        {
          next: (result) => current && seen.take(result as never),
          error: (error) => current && seen.faults.push(`ended with ${JSON.stringify(error)}`),
          complete: () => current && seen.faults.push('was told that there is no more'),
        },
      );
      return () => {
        current = false;
        unsubscribe();
      };
    };
    let leave = subscribe();
    return {
      seen,
      begun: seen.begin,
      comeBack() {
        leave();
        leave = subscribe();
      },
      leave() {
        leave();
        faultsOf.delete(watcher);
      },
    };
  };

  return { watch, dispose: async () => client.dispose() };
};
