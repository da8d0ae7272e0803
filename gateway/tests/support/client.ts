import { createClient, type Client } from 'graphql-ws';
import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface Event {
  readonly data?: Record<string, any> | null;
  readonly errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, any> }[];
}

/** A client as an application has it. */
export const connect = (url: string, token?: string): Client =>
  createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: token === undefined ? {} : { authorization: `Bearer ${token}` } });

/** A subscription that keeps what came. */
export const subscribe = (client: Client, query: string, variables?: Record<string, unknown>) => {
  const events: Event[] = [];
  let over: unknown;
  const leave = client.subscribe({ query, ...(variables && { variables }) }, { next: (event) => events.push(event as Event), error: (error) => (over = error), complete: () => (over = 'complete') });
  return { events, leave, over: () => over };
};

/** A WebSocket that says exactly what a test tells it to. */
export const openRaw = async (url: string, protocols: string | string[] = 'graphql-transport-ws') => {
  const socket = new WebSocket(url, protocols);
  const received: Record<string, any>[] = [];
  socket.on('message', (data) => received.push(JSON.parse(String(data))));
  const closed = once(socket, 'close').then(([code, reason]) => ({ code: code as number, reason: String(reason) }));
  await once(socket, 'open');
  return { socket, received, closed, say: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)) };
};
