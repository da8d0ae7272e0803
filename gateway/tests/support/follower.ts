import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

/** An event as a client of `ticks` or `news` sees it. */
export interface SeenTick {
  readonly kind: string;
  readonly n: number;
  readonly whose?: string;
  readonly by?: { readonly name: string } | null;
}

interface Message {
  readonly data?: Readonly<Record<string, SeenTick>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
  readonly extensions?: { readonly cursor?: string };
}

export const ticksOf = (room: string, fields = 'kind n by { name }', field = 'ticks'): string => `subscription { ${field}(room: "${room}") { ${fields} } }`;

export const openClient = (url: string, token?: string): Client =>
  createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: token === undefined ? {} : { authorization: `Bearer ${token}` } });

/** A subscriber that keeps what came, and where it was. */
export const follow = (client: Client, query: string, cursor?: string) => {
  const seen: SeenTick[] = [];
  const messages: Message[] = [];
  const state = { over: undefined as unknown, cursor };
  const take = (message: Message): void => {
    messages.push(message);
    state.cursor = message.extensions?.cursor ?? state.cursor;
    for (const tick of Object.values(message.data ?? {})) seen.push(tick);
  };
  const leave = client.subscribe({ query, ...(cursor !== undefined && { extensions: { cursor } }) }, { next: (message) => take(message as Message), error: (error) => (state.over = error), complete: () => (state.over = 'complete') });
  return {
    seen,
    messages,
    leave,
    cursor: () => state.cursor,
    over: () => state.over,
    numbers: () => seen.map(({ n }) => n),
    codes: () => messages.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions?.['code'])),
  };
};

export type Follower = ReturnType<typeof follow>;

export const upTo = (last: number, from = 1): number[] => Array.from({ length: last - from + 1 }, (_, index) => from + index);
