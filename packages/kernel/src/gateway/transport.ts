import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Actor } from '../auth/actor.ts';
import type { Client } from '../auth/client.ts';

/** One operation on its way to a subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  /** The parsed `query`, where the caller has it: saves a transport in the same process from parsing again. */
  readonly document?: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** `variables` as JSON, where the caller has it: saves a transport over a network from writing it again. */
  readonly variablesJson?: string;
  readonly operationName?: string;
  /** Whether it changes something. What only reads may be asked again when a connection breaks. */
  readonly isMutation?: boolean;
  readonly actor: Actor;
  /** From where the actor asks, where that is known. */
  readonly client?: Client;
  readonly requestId: string;
  /** The place in a trace that it is asked from (W3C Trace Context), where traces are made. */
  readonly traceparent?: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/**
 * The way to a subgraph: in this process or over HTTP and graphql-ws. An answer is always a GraphQL result, and belongs
 * to the caller, who may change it; a transport that cannot reach its subgraph throws a Problem UNAVAILABLE.
 */
export interface SubgraphTransport {
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  /** A stream of results, or one result with errors when the subscription is refused. Ends when `signal` aborts. */
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
}
