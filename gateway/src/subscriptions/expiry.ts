import type { Session } from '../authenticate.ts';

/** The longest time that a timer can hold; a token lives shorter. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const EXPIRED = 'The access token expired. Connect again with a new one.';

/** Calls back when the token of a session runs out; the function that is returned lets go of that. */
export const onExpiry = ({ expiresAt }: Session, now: () => Date, expired: () => void): (() => void) => {
  if (!expiresAt) return () => undefined;
  const timer = setTimeout(expired, Math.min(expiresAt.getTime() - now().getTime(), LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
};
