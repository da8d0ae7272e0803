/** What one operation may ask for at most, and one client. */
export interface Limits {
  /** Fields inside of fields. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Fields in all, with every fragment counted wherever it is used. */
  readonly fields: number;
  /** Tokens of the document: words and signs. Counted while it is read, so that a long one is not read to its end. */
  readonly tokens: number;
  /** Bytes of an HTTP body or of a WebSocket message. */
  readonly bodyBytes: number;
  /** Operations that run on one WebSocket at a time. */
  readonly operationsPerSocket: number;
  /** WebSockets that are open at a time, from one client's address and in all. */
  readonly socketsPerClient: number;
  readonly sockets: number;
  /** Streams over HTTP that are open at a time, from one client's address and in all. */
  readonly streamsPerClient: number;
  readonly streams: number;
  /** Milliseconds that one query or mutation may take, with all its fetches, and so may one event of a subscription. */
  readonly operationMs: number;
}

export const defaultLimits: Limits = {
  depth: 20,
  aliases: 30,
  rootFields: 20,
  fields: 2_000,
  tokens: 5_000,
  bodyBytes: 1_048_576,
  operationsPerSocket: 100,
  // Many people may sit behind one address: an office, a mobile network.
  socketsPerClient: 500,
  sockets: 20_000,
  streamsPerClient: 500,
  streams: 20_000,
  operationMs: 60_000,
};
