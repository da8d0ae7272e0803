/** What the child is asked to do with the file on its standard input. */
export interface Job {
  /** Roots in DER. */
  readonly configured: readonly Uint8Array[];
  /** Roots of the platform's own test authority. */
  readonly test: readonly Uint8Array[];
  readonly now: Date;
}
