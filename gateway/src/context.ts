import type { Actor, Client } from '@buffrsign/kernel/gateway';
import type { Observation } from './telemetry/observation.ts';

/** What belongs to one operation on its way through the gateway; every event of a subscription has its own. */
export interface RequestContext {
  readonly actor: Actor;
  readonly client: Client;
  /** Goes to every subgraph, into every log line and back to the client. */
  readonly requestId: string;
  /** Aborts when the client no longer waits. */
  readonly signal: AbortSignal;
  /** What is noted of it on its way. */
  readonly observation?: Observation;
}
