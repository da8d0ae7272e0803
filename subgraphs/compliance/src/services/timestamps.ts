/** A timestamp over a digest (RFC 3161), already checked. */
export interface Timestamp {
  /** DER. */
  readonly token: Uint8Array;
  readonly genTime: Date;
  readonly authority: string;
}

/** Whoever says what time it is, under signature. */
export interface TimestampAuthority {
  readonly name: string;
  /** @throws when no authority gives one that holds. */
  timestamp(digest: Uint8Array): Promise<Timestamp>;
}

/** Where timestamps come from. */
export interface Timestamps {
  readonly authority: TimestampAuthority;
  /** Certificates that help to check its tokens, DER: its roots, and for test trust what is above it. */
  readonly certificates: readonly Uint8Array[];
}
