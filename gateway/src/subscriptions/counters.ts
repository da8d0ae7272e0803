/** What goes on with subscriptions. "Now" is how many there are; all else counts from the start of the process. */
export interface StreamCounts {
  /** Streams that are open at subgraphs now. Far fewer than subscribers, where subscribers share. */
  readonly upstreams: number;
  /** Subscribers that are served now, over sockets and over HTTP. */
  readonly subscribers: number;
  /** Subscribers that read too slowly to follow a shared stream and were left to catch up by themselves. */
  readonly detached: number;
  /** Streams that broke at their source and were taken up again from where they were. */
  readonly resumed: number;
  /** Events given to subscribers: one event for a thousand of them counts a thousand. */
  readonly delivered: number;
}

/** The same, for those who count. */
export type StreamCounters = { -readonly [Name in keyof StreamCounts]: StreamCounts[Name] };

export const createStreamCounters = (): StreamCounters => ({ upstreams: 0, subscribers: 0, detached: 0, resumed: 0, delivered: 0 });
