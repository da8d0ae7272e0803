/** Seconds to wait after the first, second, … failure to get a timestamp; the last one ever after. It is never given up. */
const schedule = [5, 30, 120, 300, 600] as const;

/** How long to wait after so many attempts, in seconds. */
export const anchorRetryAfterSeconds = (attempts: number): number => schedule[Math.min(Math.max(attempts, 1), schedule.length) - 1]!;
