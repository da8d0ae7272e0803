/** Seconds to wait after the first, second, … failure to seal; the last one ever after. It is never given up. */
const schedule = [5, 15, 60, 300, 900] as const;

/** How long to wait after so many attempts, in seconds. */
export const retryAfterSeconds = (attempts: number): number => schedule[Math.min(Math.max(attempts, 1), schedule.length) - 1]!;
