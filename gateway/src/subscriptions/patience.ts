/** How long, and how often, a source that broke is tried again. */
export interface Patience {
  /** It was asked for something. */
  asked(): void;
  /** It gave something, so it is well. */
  arrived(): void;
  /** It broke. Milliseconds to wait before the next try; nothing when it was tried for long enough. */
  failed(): number | undefined;
}

const LONGEST_WAIT_MS = 5_000;
/** Longer than a connection takes to fail: one that was waited on for so long was well and had nothing to say. */
const WELL_AFTER_MS = 10_000;

export const createPatience = ({ resumeForMs, backoffMs }: { readonly resumeForMs: number; readonly backoffMs: number }, now = (): number => performance.now()): Patience => {
  let [failures, brokenSince, askedAt] = [0, 0, now()];
  return {
    asked() {
      askedAt = now();
    },
    arrived() {
      failures = 0;
    },
    failed() {
      const at = now();
      if (at - askedAt > WELL_AFTER_MS) failures = 0;
      if (failures === 0) brokenSince = at;
      // Uneven on purpose: all streams to a source break at once, and need not come back at once.
      const wait = Math.min(backoffMs * 2 ** failures, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2);
      failures += 1;
      return at - brokenSince + wait > resumeForMs ? undefined : wait;
    },
  };
};
