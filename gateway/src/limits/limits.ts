/** What one operation, one client and the whole process may ask for at most. */
export interface Limits {
  /** Fields inside of fields. */
  readonly depth: number;
  /** Fields and fragments inside of each other: whoever goes down into them needs as much stack. */
  readonly nesting: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Fields in all, with every fragment counted wherever it is used. */
  readonly fields: number;
  /** Directives in all, with every fragment counted wherever it is used. */
  readonly directives: number;
  /** Directives at one place: a field, a fragment, a variable or the operation. */
  readonly directivesPerPlace: number;
  /** Objects and lists inside of each other in a value that is written into the document. */
  readonly literalDepth: number;
  /** Lists inside of each other there, whatever is between them. */
  readonly literalLists: number;
  /** Tokens of the document: words and signs. Counted while it is read, so that a long one is not read to its end. */
  readonly tokens: number;
  /** Bytes of an HTTP body or of a WebSocket message. */
  readonly bodyBytes: number;
  /** Milliseconds for the body of an operation to arrive. What is passed through has its own time. */
  readonly bodyMs: number;
  /** Milliseconds for the head of a request to arrive; a connection that sends nothing is closed too. */
  readonly headersMs: number;
  /** Connections open at a time, in all and from one address. Trusted proxies are bounded by the first only. */
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** Milliseconds for a WebSocket to say who is on it (`connection_init`). */
  readonly connectionInitMs: number;
  /** Messages that a client may send on one WebSocket in a second. */
  readonly messagesPerSecond: number;
  /** Operations that run on one WebSocket at a time. */
  readonly operationsPerSocket: number;
  /** WebSockets that are open at a time, from one client's address, as trusted proxies name it, and in all. */
  readonly socketsPerClient: number;
  readonly sockets: number;
  /** Streams over HTTP that are open at a time, likewise. */
  readonly streamsPerClient: number;
  readonly streams: number;
  /** Milliseconds that one query or mutation may take, with all its fetches, and so may one event of a subscription. */
  readonly operationMs: number;
}

export const defaultLimits: Limits = {
  depth: 20,
  nesting: 100,
  aliases: 30,
  rootFields: 20,
  fields: 2_000,
  directives: 100,
  directivesPerPlace: 5,
  literalDepth: 30,
  literalLists: 6,
  tokens: 5_000,
  bodyBytes: 1_048_576,
  bodyMs: 15_000,
  headersMs: 10_000,
  connections: 10_000,
  connectionsPerAddress: 1_000,
  connectionInitMs: 3_000,
  messagesPerSecond: 200,
  operationsPerSocket: 100,
  // Many people may sit behind one address: an office, a mobile network. In all, room is left for requests.
  socketsPerClient: 500,
  sockets: 8_000,
  streamsPerClient: 500,
  streams: 8_000,
  operationMs: 60_000,
};
