/** Access tokens cannot be taken back: this is how long a right outlives its end. */
export const ACCESS_TOKEN_SECONDS = 600;
/** A session that is not used for so long is over. */
export const REFRESH_TOKEN_DAYS = 30;
/**
 * Two tabs of one browser, or a request sent twice, present the same refresh token within this time. The second gets no
 * tokens, so a thief gains nothing by being quick, but the session of an honest client does not end.
 */
export const CROSSED_REQUESTS_SECONDS = 10;

const after = (moment: Date, seconds: number): Date => new Date(moment.getTime() + seconds * 1_000);

export const refreshExpiry = (now: Date): Date => after(now, REFRESH_TOKEN_DAYS * 86_400);

interface Refreshed {
  readonly session: { readonly endedAt: Date | null; readonly expiresAt: Date };
  readonly usedAt: Date | null;
}

/** What a refresh token that was presented deserves. */
export type RefreshVerdict = 'EXCHANGE' | 'CROSSED' | 'REUSED' | 'ENDED';

export const judgeRefresh = ({ session, usedAt }: Refreshed, now: Date): RefreshVerdict => {
  if (session.endedAt || session.expiresAt <= now) return 'ENDED';
  if (!usedAt) return 'EXCHANGE';
  return after(usedAt, CROSSED_REQUESTS_SECONDS) > now ? 'CROSSED' : 'REUSED';
};

const refusals = {
  CROSSED: { __typename: 'RefreshTokenSpentError', message: 'Another request has just exchanged this refresh token. Go on with the tokens that it got.' },
  REUSED: { __typename: 'RefreshTokenReusedError', message: 'This refresh token was exchanged before, so somebody else may have a copy. The session was ended for everybody; sign in again.' },
  ENDED: { __typename: 'SessionEndedError', message: 'This session has ended. Sign in again.' },
} as const;

export type RefreshRefusal = (typeof refusals)[keyof typeof refusals];

export const refuseRefresh = <Verdict extends Exclude<RefreshVerdict, 'EXCHANGE'>>(verdict: Verdict): (typeof refusals)[Verdict] => refusals[verdict];
