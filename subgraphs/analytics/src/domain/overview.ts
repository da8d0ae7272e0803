/** The key figures of the envelopes that were sent in a period. */
export interface Overview {
  readonly from: Date;
  readonly to: Date;
  readonly sent: number;
  readonly completed: number;
  readonly declined: number;
  readonly voided: number;
  readonly expired: number;
  readonly pending: number;
  readonly completionRate: number | null;
  readonly medianSecondsToComplete: number | null;
  readonly p90SecondsToComplete: number | null;
}
