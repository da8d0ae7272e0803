/** How often something may be tried before waiting begins, and for how long. Times in seconds. */
export interface ThrottlePolicy {
  /** Tries that are free. */
  readonly free: number;
  /** What to wait after each further one; the last holds for all that follow. */
  readonly waits: readonly number[];
  /** After so long without a try, everything is forgotten. */
  readonly forgetAfter: number;
}

/**
 * Guesses at one account's password: at most 5 at once and about 100 a day from then on, however many computers guess.
 * The longest wait is short, so that nobody can keep a person out of their own account for long; open sessions go on.
 */
export const passwordGuesses: ThrottlePolicy = { free: 5, waits: [30, 60, 300, 900], forgetAfter: 86_400 };

/** Mails to one address that anybody can cause: three, then one an hour. */
export const mailsToAddress: ThrottlePolicy = { free: 3, waits: [3_600], forgetAfter: 86_400 };

/** Tries so far, at one thing. */
export interface Tries {
  readonly tries: number;
  readonly lastTryAt: Date;
  readonly notBefore: Date | null;
}

export type Admission = { readonly admitted: true; readonly next: Tries } | { readonly admitted: false; readonly retryAfter: number };

const later = (moment: Date, seconds: number): Date => new Date(moment.getTime() + seconds * 1_000);

/** Whether one more try is let through, and how things stand with it counted. `before` is null at the first. */
export const admit = (policy: ThrottlePolicy, before: Tries | null, now: Date): Admission => {
  const known = before && later(before.lastTryAt, policy.forgetAfter) > now ? before : null;
  if (known?.notBefore && known.notBefore > now) return { admitted: false, retryAfter: Math.ceil((known.notBefore.getTime() - now.getTime()) / 1_000) };
  const tries = (known?.tries ?? 0) + 1;
  const wait = tries < policy.free ? undefined : policy.waits[Math.min(tries - policy.free, policy.waits.length - 1)];
  return { admitted: true, next: { tries, lastTryAt: now, notBefore: wait === undefined ? null : later(now, wait) } };
};

export interface TooManyAttempts {
  readonly __typename: 'TooManyAttemptsError';
  readonly message: string;
  readonly retryAfter: number;
}

export const tooManyAttempts = (retryAfter: number): TooManyAttempts => ({
  __typename: 'TooManyAttemptsError',
  message: `There were too many tries. Wait ${retryAfter} seconds, then try again.`,
  retryAfter,
});
