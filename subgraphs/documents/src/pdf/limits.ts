/** What one look at a document may cost. */
export interface SandboxLimits {
  /** From the start of the child process, in milliseconds. */
  readonly wallTimeMs: number;
  /** Of the whole child process, in bytes; the rendering engine gets half of it. */
  readonly maxMemoryBytes: number;
}

/** What is taken at all. */
export interface InspectionLimits extends SandboxLimits {
  readonly maxBytes: number;
  readonly maxPages: number;
  /** Text beyond these is cut off, and the inspection says so. In UTF-16 code units. */
  readonly maxTextPerPage: number;
  readonly maxText: number;
}

const MEGABYTE = 1024 * 1024;

export const INSPECTION_LIMITS: InspectionLimits = {
  wallTimeMs: 30_000,
  maxMemoryBytes: 768 * MEGABYTE,
  maxBytes: 50 * MEGABYTE,
  maxPages: 1000,
  maxTextPerPage: 50_000,
  maxText: 2_000_000,
};

export const RENDERING_LIMITS: SandboxLimits = { wallTimeMs: 15_000, maxMemoryBytes: 768 * MEGABYTE };

/** A page image has at most this many pixels, whatever width was asked for: four bytes each while drawing. */
export const MAX_PIXELS = 4_000_000;
