const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** What stood for so long was no failure: the next try is a first one. */
const STOOD_MS = 10_000;

/** At random in all of the span, so that clients of a server that was restarted do not come back all at once. */
export const defaultBackoff = (attempt: number): number => Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);

/** How long to wait between tries. */
export interface Pace {
  /** A try got through: if it stands for a while, the next one waits as briefly as the first. */
  opened(): void;
  /** All is well: the next one waits as briefly as the first. */
  reset(): void;
  /** Milliseconds to wait before the next try. */
  next(): number;
}

export const createPace = (backoff: (attempt: number) => number = defaultBackoff): Pace => {
  let attempt = 0;
  let since: number | undefined;
  return {
    opened: () => void (since = performance.now()),
    reset: () => void (attempt = 0),
    next() {
      if (since !== undefined && performance.now() - since >= STOOD_MS) attempt = 0;
      since = undefined;
      return backoff(attempt++);
    },
  };
};
