/** Seconds to wait after the first, second, … failure to seal; the last one ever after. It is never given up. */
export type RetrySchedule = readonly [number, ...number[]];

/** Soon at first, for what passes by itself; never later than five minutes after what was wrong is mended. */
export const retrySchedule: RetrySchedule = [5, 15, 60, 120, 300];

/** How long to wait after so many attempts, in seconds. */
export const retryAfterSeconds = (attempts: number, schedule = retrySchedule): number => schedule[Math.min(Math.max(attempts, 1), schedule.length) - 1]!;
