const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Pauses before each attempt, the first at once (Standard Webhooks 1.0.0, example schedule): three days in all. */
export const PAUSES_MS: readonly number[] = [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/** An endpoint may ask for a longer pause, but not for ever. */
const LONGEST_PAUSE_MS = DAY;
/** Pauses grow by up to so much, so that messages that failed together do not come back together. */
const JITTER = 0.1;
/** An endpoint that accepted nothing for so long is switched off. */
const FAILING_AT_MOST_MS = 5 * DAY;

/**
 * When the next attempt is made after `attempts` failed ones; `undefined` when none is. `retryAfterSeconds` is what the
 * endpoint asked for, `random` a number from 0 to 1.
 */
export const nextAttemptAt = (now: Date, attempts: number, random: number, retryAfterSeconds: number | null = null): Date | undefined => {
  const pause = PAUSES_MS[attempts];
  if (pause === undefined) return undefined;
  const asked = Math.min((retryAfterSeconds ?? 0) * SECOND, LONGEST_PAUSE_MS);
  return new Date(now.getTime() + Math.max(Math.round(pause * (1 + JITTER * random)), asked));
};

/** Whether an endpoint has failed for too long. */
export const isFailingTooLong = (failingSince: Date | null, now: Date): boolean => failingSince !== null && now.getTime() - failingSince.getTime() >= FAILING_AT_MOST_MS;
