/** Seconds to wait after each attempt that may be repeated; when none is left, the message has failed. Together a little over 19 hours. */
export const retryDelaysSeconds: readonly number[] = [60, 300, 1_800, 7_200, 18_000, 43_200];

/** When to try again after `tries` attempts; null when enough is enough. */
export const nextAttemptAt = (tries: number, now: Date): Date | null => {
  const seconds = retryDelaysSeconds[tries - 1];
  return seconds === undefined ? null : new Date(now.getTime() + seconds * 1_000);
};
