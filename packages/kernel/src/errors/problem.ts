import { GraphQLError } from 'graphql';

/**
 * What a person using the API cannot mend by other input; everything they can mend is an outcome type in the schema.
 * The sentence says what to do.
 */
export const problems = {
  UNAUTHENTICATED: 'Sign in first: this needs a valid access token.',
  UNAUTHORIZED_FIELD_OR_TYPE: 'Your token does not allow this field.',
  FORBIDDEN: 'You are signed in, but this is not yours to do.',
  NOT_FOUND: 'There is no such thing here, or it is not yours to see.',
  BAD_USER_INPUT: 'The request cannot be understood as it stands.',
  IDEMPOTENCY_KEY_REUSED: 'This idempotency key was used before with other input. Use a new key for a new act.',
  CURSOR_INVALID: 'This is not a cursor of this subscription. Subscribe without one.',
  CURSOR_EXPIRED: 'What happened since this cursor is no longer kept. Query the present state, then subscribe without a cursor.',
  STREAM_INTERRUPTED: 'This stream was broken off before its end. Subscribe again with the last cursor that came.',
  COST_TOO_HIGH: 'This operation would cost more than is allowed. Ask for shorter lists, or for less inside of them.',
  RATE_LIMITED: 'Too many requests. Wait a moment, then try again.',
  UNAVAILABLE: 'A part of the platform does not answer right now. Try again shortly.',
  INTERNAL: 'Something went wrong on our side. Tell us the error id.',
} as const;

export type ProblemCode = keyof typeof problems;

export interface ProblemDetail {
  /** Overrides the code's general sentence where a closer one helps. */
  readonly message?: string;
  /** May leave: goes into `extensions`. */
  readonly pub?: Readonly<Record<string, unknown>>;
  /** Stays: goes to the log only. */
  readonly pvt?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An error that may be shown as it is; anything else is masked before it leaves. */
export class Problem extends GraphQLError {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly pvt: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ProblemCode, detail: ProblemDetail = {}) {
    super(detail.message ?? problems[code], { extensions: { ...detail.pub, code }, ...(detail.cause instanceof Error && { originalError: detail.cause }) });
    this.code = code;
    this.pvt = detail.pvt;
  }
}
