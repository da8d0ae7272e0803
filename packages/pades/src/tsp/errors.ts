/** What one authority said, or why it said nothing. */
export interface FailedAttempt {
  readonly authority: string;
  readonly reason: string;
}

/** No time-stamp could be had: nobody answered, or (with several authorities) nobody acceptably. Trying later may help. */
export class TimestampUnavailable extends Error {
  readonly attempts: readonly FailedAttempt[];

  constructor(attempts: readonly FailedAttempt[], options?: ErrorOptions) {
    super(`No time-stamp could be had: ${attempts.map(({ authority, reason }) => `${authority}: ${reason}`).join('; ')}.`, options);
    this.name = 'TimestampUnavailable';
    this.attempts = attempts;
  }
}

export type TimestampRefusalCode =
  /** The authority itself refused (PKIStatus). */
  | 'STATUS'
  /** The answer is not what RFC 3161 describes. */
  | 'MALFORMED'
  /** The token is about something else. */
  | 'IMPRINT'
  /** The token is not the answer to this question: an old one was played again. */
  | 'NONCE'
  /** The token is not properly signed by a certificate for time-stamps. */
  | 'SIGNATURE'
  /** The certificate of the authority does not lead to a trusted root. */
  | 'UNTRUSTED'
  /** The time in the token is not now. */
  | 'TIME';

/** An authority answered, and the answer must not be used. */
export class TimestampRefused extends Error {
  readonly code: TimestampRefusalCode;
  readonly authority: string;
  /** Why, without the name of the authority. */
  readonly reason: string;

  constructor(code: TimestampRefusalCode, authority: string, reason: string, options?: ErrorOptions) {
    super(`The answer of the time-stamp authority ${authority} cannot be used: ${reason}`, options);
    this.name = 'TimestampRefused';
    this.code = code;
    this.authority = authority;
    this.reason = reason;
  }
}
