/** A time-stamp token that was checked when it arrived. */
export interface Timestamp {
  /** DER ContentInfo. */
  readonly token: Uint8Array;
  readonly genTime: Date;
  /** Who gave it, as configured or as the authority's certificate says. */
  readonly authority: string;
}

/** Whoever gives RFC 3161 time-stamps: a server asked by `createTimestampClient`, several of them (`failover`), or one in process. */
export interface TimestampAuthority {
  readonly name: string;
  /**
   * A token over a SHA-256 digest, checked.
   * @throws {TimestampUnavailable} when none could be had, {@link TimestampRefused} when the answer cannot be accepted.
   */
  timestamp(digest: Uint8Array): Promise<Timestamp>;
}
