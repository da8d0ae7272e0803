import { createClient as createSocketClient, type Client, type ClientOptions as SocketOptions } from 'graphql-ws';
import { reconnecting } from './connection.ts';
import type { ResumeOptions } from './options.ts';
import { resumable } from './resumable.ts';

/** The options of graphql-ws, with those that decide about connecting again replaced by these. */
export interface ClientOptions extends Omit<SocketOptions, 'retryAttempts' | 'retryWait'>, ResumeOptions {
  /**
   * How often in a row the server may refuse the client, closing with 4403 before it acknowledged the connection, until
   * all subscriptions end with that close event. A token that runs out while connected (4403 as well) is no refusal: the
   * client connects again at once, and `connectionParams`, if it is a function, is asked for a new one. Default: 3.
   */
  readonly refusals?: number | undefined;
}

/** A client like that of graphql-ws, to be given to whatever takes one. Its subscriptions resume. */
export const createClient = (options: ClientOptions): Client => {
  const { onGap, interruptions, backoff, refusals, ...socket } = options;
  return resumable(createSocketClient({ ...socket, ...reconnecting({ ...options, backoff, refusals }) }), { onGap, interruptions, backoff });
};
