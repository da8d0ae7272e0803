import { mintActorToken, Problem, type Actor, type Logger, type SubgraphTransport } from '@buffrsign/kernel/gateway';
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createEventQueue } from './event-queue.ts';
import { createUnavailable } from './unavailable.ts';

interface Shared {
  readonly client: Client;
  subscriptions: number;
}

const HANDSHAKE_MS = 3_000;
const ACK_MS = 5_000;
const PING_EVERY_MS = 12_000;
const PONG_WITHIN_MS = 5_000;
/** Events that may wait for a reader. */
const QUEUE = 1_000;

class SubgraphSocket extends WebSocket {
  constructor(address: string | URL, protocols?: string | string[]) {
    super(address, protocols, { handshakeTimeout: HANDSHAKE_MS });
  }
}

const createSocketClient = (url: string, actor: Actor, secret: string): Client => {
  let unanswered: NodeJS.Timeout | undefined;
  const client: Client = createClient({
    url,
    webSocketImpl: SubgraphSocket,
    // A new token for each connection: they live for a minute only. It names no client: the socket carries the streams of
    // all who act as this actor, and a stream those of all who share it.
    connectionParams: () => ({ actor: mintActorToken(actor, secret) }),
    connectionAckWaitTimeout: ACK_MS,
    keepAlive: PING_EVERY_MS,
    // Only who reads a stream knows where it was: it is told of the break, and subscribes again with its cursor.
    retryAttempts: 0,
    on: {
      ping: (received) => {
        if (!received) unanswered = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(unanswered);
      },
      closed: () => clearTimeout(unanswered),
    },
  });
  return client;
};

const isRefusal = (error: unknown): error is readonly GraphQLFormattedError[] => Array.isArray(error);

const describe = (error: unknown): unknown => {
  if (error instanceof Error) return error;
  const { code, reason, message } = (error ?? {}) as { code?: number; reason?: string; message?: string };
  return new Error(message ?? `The socket closed with ${code ?? 'no code'} ${reason ?? ''}`.trim());
};

/** Subscriptions to one subgraph by graphql-transport-ws: one socket for each actor, open while it has subscriptions. */
export const createSocketSubscriptions = (options: { name: string; endpoint: URL; actorTokenSecret: string; log: Logger }): Pick<SubgraphTransport, 'subscribe'> & { close(): void } => {
  const { name, endpoint, actorTokenSecret, log } = options;
  const url = endpoint.href.replace(/^http/, 'ws');
  const unavailable = createUnavailable(name, log);
  const byActor = new Map<string, Shared>();

  const acquire = (actor: Actor): { client: Client; release(): void } => {
    const key = JSON.stringify(actor);
    const shared = byActor.get(key) ?? { client: createSocketClient(url, actor, actorTokenSecret), subscriptions: 0 };
    byActor.set(key, shared);
    shared.subscriptions += 1;
    let held = true;
    return {
      client: shared.client,
      release() {
        if (!held) return;
        held = false;
        shared.subscriptions -= 1;
        if (shared.subscriptions === 0) byActor.delete(key);
      },
    };
  };

  return {
    async subscribe({ query, variables, operationName, actor, requestId, traceparent, cursor, signal }) {
      const { client, release } = acquire(actor);
      const brokenOff = `The part "${name}" of the platform ended this stream. Subscribe again, and read what may have changed meanwhile.`;
      const leave = (): void => {
        release();
        unsubscribe();
        signal?.removeEventListener('abort', abort);
      };
      const queue = createEventQueue<ExecutionResult>(QUEUE, {
        // No fault of the subgraph's. A reader who has a cursor goes on from there.
        overflow: () => (leave(), new Problem('STREAM_INTERRUPTED', { message: 'Events came faster than they were read, so this stream was ended. Subscribe again, and read what may have changed meanwhile.' })),
        left: leave,
      });
      const abort = (): void => {
        leave();
        queue.end();
      };
      const payload = { query, extensions: { requestId, ...(traceparent !== undefined && { traceparent }), ...(cursor !== undefined && { cursor }) }, ...(variables && { variables: { ...variables } }), ...(operationName && { operationName }) };
      const unsubscribe = client.subscribe(payload, {
        next: (result) => queue.push(result as ExecutionResult),
        complete: () => (release(), queue.end()),
        error: (error) => {
          release();
          if (!isRefusal(error)) return queue.fail(unavailable(describe(error), requestId, brokenOff));
          queue.push({ errors: error.map(({ message, ...rest }) => new GraphQLError(message, rest)) });
          queue.end();
        },
      });
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort, { once: true });
      return queue.events;
    },
    close() {
      for (const { client } of byActor.values()) void Promise.resolve(client.dispose()).catch(() => undefined);
      byActor.clear();
    },
  };
};
