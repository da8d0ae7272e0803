/** How streams are kept going. */
export interface StreamSettings {
  /** Finished events that are kept of a stream, for those who come back and for those who read slowly. */
  readonly keptEvents: number;
  /** Characters that these may have together; one event is kept however large. */
  readonly keptCharacters: number;
  /** Milliseconds for which a source that broke is tried again, before its subscribers are told. */
  readonly resumeForMs: number;
  /** Milliseconds before the first try; each further one waits twice as long, up to five seconds. */
  readonly backoffMs: number;
  /** Bytes that may wait in a client's socket before no more is written to it. */
  readonly bufferedBytes: number;
  /** Milliseconds between signs of life on a stream over HTTP. */
  readonly heartbeatMs: number;
}

export const defaultStreamSettings: StreamSettings = { keptEvents: 128, keptCharacters: 1_048_576, resumeForMs: 60_000, backoffMs: 100, bufferedBytes: 65_536, heartbeatMs: 5_000 };
