const MEGABYTE = 1024 * 1024;

/** What checking the PDFs of strangers may cost. */
export const LIMITS = {
  /** Largest file: the largest document that can be uploaded, and what signing adds to it. */
  fileBytes: 64 * MEGABYTE,
  /** Largest file within an operation: in Base64 it is just below what the gateway takes as a body. */
  contentBytes: 700 * 1024,
  /** Files that wait or arrive, together. */
  spoolBytes: 1024 * MEGABYTE,
  /** Files that arrive at the same time. */
  arriving: 64,
  /** How long a file is kept at most. */
  keptMs: 15 * 60_000,
  /** Looks at the same time: each may use a core. */
  atOnce: 2,
  /** Looks that wait for one to end. */
  waiting: 16,
  /** One look, from the start of its process. */
  wallTimeMs: 20_000,
  /** One look, all memory of its process. */
  memoryBytes: 512 * MEGABYTE,
} as const;

export type Limits = { readonly [Name in keyof typeof LIMITS]: number };
