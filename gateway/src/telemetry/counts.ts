import { createStreamCounters, type StreamCounters } from '../subscriptions/counters.ts';

/** How often something that is kept was found, and how often it had to be made. */
export interface Hits {
  hits: number;
  misses: number;
}

/** What the gateway counts of itself as it goes; read when somebody asks for figures. */
export interface Counts {
  readonly documents: Hits;
  readonly plans: Hits;
  /** WebSockets that are open. */
  sockets: number;
  readonly streams: StreamCounters;
}

export const createCounts = (): Counts => ({ documents: { hits: 0, misses: 0 }, plans: { hits: 0, misses: 0 }, sockets: 0, streams: createStreamCounters() });
