/** What is to be called for one signal, which itself has one listener for all of it. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

const followed = (signal: AbortSignal): Set<() => void> => {
  const calls = new Set<() => void>();
  waiting.set(signal, calls);
  signal.addEventListener('abort', () => {
    for (const call of calls) call();
  }, { once: true });
  return calls;
};

/**
 * Calls `abort` when the signal aborts, unless what is given back was called before. All fetches of a request wait for
 * the same signal, and to add a listener to it and take it away again costs as much as the rest of sending one.
 */
export const whenAborted = (signal: AbortSignal, abort: () => void): (() => void) => {
  const calls = waiting.get(signal) ?? followed(signal);
  calls.add(abort);
  return () => void calls.delete(abort);
};
