import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Actor } from '../auth/actor.ts';
import type { Client } from '../auth/client.ts';

/** One operation on its way to a subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  /** The parsed `query`, where the caller has it: saves a transport in the same process from parsing again. */
  readonly document?: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
  /** Whether it changes something. What only reads may be asked again when a connection breaks. */
  readonly isMutation?: boolean;
  readonly actor: Actor;
  /** From where the actor asks, where that is known. */
  readonly client?: Client;
  readonly requestId: string;
  /** The place in a trace that it is asked from (W3C Trace Context), where traces are made. */
  readonly traceparent?: string | undefined;
  /**
   * Where a subscription is to be taken up: `extensions.cursor` of the last result that was seen. Without it, it begins
   * with the present state, or with what happens next. Over graphql-ws it travels as `extensions.cursor` of the payload.
   */
  readonly cursor?: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/**
 * The way to a subgraph: in this process or over HTTP and graphql-ws. An answer is always a GraphQL result, and belongs
 * to the caller, who may change it; a transport that cannot reach its subgraph throws a Problem UNAVAILABLE.
 */
export interface SubgraphTransport {
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  /**
   * A stream of results, or one result with errors when the subscription is refused. Ends when `signal` aborts.
   *
   * A result of a stream that can be taken up again has `extensions: { cursor }`, a text that `readCursor` reads: whoever
   * asks again with it gets what came after that result, in order and once, and then what happens. Cursors of one stream
   * never go back; the first may be that of a result that says how things stand, later ones are of one fact each.
   * Refused with CURSOR_INVALID when the cursor is none of this stream, with CURSOR_EXPIRED when what came after it is no
   * longer kept.
   */
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
}
