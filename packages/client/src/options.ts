import type { SubscribePayload } from 'graphql-ws';

/**
 * Why events may be missing.
 *
 * `CURSOR_EXPIRED`: the client was away for longer than the server keeps its log. `CURSOR_INVALID`: the server does not
 * know the cursor, such as after its database was restored. `NO_CURSOR`: the subscription was begun anew before an event
 * had brought a cursor, or its events carry none.
 */
export type GapReason = 'CURSOR_EXPIRED' | 'CURSOR_INVALID' | 'NO_CURSOR';

/** A subscription went on without events that may have happened meanwhile. */
export interface Gap {
  readonly reason: GapReason;
  /** The subscription, as it was given to `subscribe`. */
  readonly payload: SubscribePayload;
}

export interface ResumeOptions {
  /**
   * Called when a subscription had to be begun anew and may have missed events: read again what it tells about. The new
   * subscription has been sent by then, so that nothing falls between it and what is read.
   */
  readonly onGap?: ((gap: Gap) => void) | undefined;
  /**
   * Codes of errors (`extensions.code`) that interrupt a subscription and do not end it: it is subscribed again, from
   * its last cursor. Default: `STREAM_INTERRUPTED`, `SUBSCRIPTION_SCHEMA_RELOAD` and `UNAVAILABLE`.
   */
  readonly interruptions?: readonly string[] | undefined;
  /** Milliseconds to wait before try number 0, 1, 2, … in a row. Default: at random up to 0.5 s, 1 s, 2 s, … 30 s. */
  readonly backoff?: ((attempt: number) => number) | undefined;
}

export const DEFAULT_INTERRUPTIONS: readonly string[] = ['STREAM_INTERRUPTED', 'SUBSCRIPTION_SCHEMA_RELOAD', 'UNAVAILABLE'];
