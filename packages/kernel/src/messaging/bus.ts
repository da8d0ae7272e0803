import type { Fact } from './define-event.ts';

/** Ends what was begun. */
export type Stop = () => Promise<void>;

/**
 * Carries facts from the subgraph that says them to those that listen, and wakes open subscriptions. Two adapters, one
 * contract: in this process, or over Redis.
 */
export interface EventBus {
  /**
   * Hands over facts of one source, in order. Resolves when they can no longer be lost on the way.
   * `log-lost`: the bus has forgotten what it was told before (Redis came back empty); nothing was handed over, and
   * the source has to say everything again. Listeners take a fact that they had before for what it is.
   */
  publish(source: string, facts: readonly Fact[]): Promise<'published' | 'log-lost'>;
  /** Begins the log of a source anew, after `log-lost`. */
  restart(source: string): Promise<void>;
  /** Gives every fact of the sources to `receive`, at least once, from the beginning of the log that is kept. */
  consume(consumer: string, sources: readonly string[], receive: (fact: Fact) => Promise<void>): Promise<Stop>;
  /**
   * Calls `hear` when facts about one subject may have been said, until it is stopped: also once too often, as after a
   * connection was lost and is there again. A hint: the facts are in the log of their source.
   */
  listen(source: string, subject: string, hear: () => void): Promise<Stop>;
  /** Rejects when facts cannot be handed over right now. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
