/**
 * Keeps a subgraph that does not answer from being asked over and over: after some failures in a row it is left alone
 * for a while, then asked once to see whether it is back.
 */
export interface Breaker {
  /** Whether it may be asked. */
  mayTry(): boolean;
  succeeded(): void;
  failed(): void;
  /** Whether it is left alone. */
  isOpen(): boolean;
}

const FAILURES = 10;
const REST_MS = 2_000;

export const createBreaker = ({ failures = FAILURES, restMs = REST_MS, now = () => performance.now() }: { failures?: number; restMs?: number; now?: () => number } = {}): Breaker => {
  let inARow = 0;
  let restsUntil = 0;
  return {
    mayTry() {
      if (inARow < failures) return true;
      if (now() < restsUntil) return false;
      // One may look; whoever comes meanwhile waits for what becomes of it.
      restsUntil = now() + restMs;
      return true;
    },
    succeeded() {
      inARow = 0;
    },
    failed() {
      inARow += 1;
      if (inARow >= failures) restsUntil = now() + restMs;
    },
    isOpen: () => inARow >= failures,
  };
};
