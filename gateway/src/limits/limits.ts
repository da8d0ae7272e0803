/** What one operation may ask for at most. */
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
  /** Milliseconds that one request over HTTP may take, with all its fetches. */
  readonly operationMs: number;
}

export const defaultLimits: Limits = { depth: 20, aliases: 30, rootFields: 20, fields: 2_000, tokens: 5_000, bodyBytes: 1_048_576, operationsPerSocket: 100, operationMs: 60_000 };
