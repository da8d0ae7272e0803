/**
 * Bounds of the reader. A hostile file runs into one of them and is refused (`TOO_COMPLEX`)
 * before it costs noticeable time or memory; ordinary documents stay far below.
 */
export const LIMITS = {
  /** Largest PDF, in bytes. */
  fileBytes: 1024 * 1024 * 1024,
  /** Arrays and dictionaries inside one another. */
  nesting: 64,
  /** Highest object number (the implementation limit of ISO 32000-1, Annex C). */
  objectNumber: 8_388_607,
  /** Revisions a file may have (cross-reference sections following /Prev). */
  revisions: 4096,
  /** Subsections of all cross-reference sections together. */
  subsections: 65_536,
  /** Levels of the page tree and of the form's field tree. */
  treeDepth: 64,
  /** Values parsed for one signature, all objects together. */
  parsedValues: 1_000_000,
  /** Elementary steps of look-ups and scans for one signature. */
  steps: 50_000_000,
  /** Bytes that compressed cross-reference and object streams may expand to, together. */
  inflatedBytes: 128 * 1024 * 1024,
  /** Objects and stream bytes of one appearance. */
  appearanceObjects: 10_000,
  appearanceBytes: 16 * 1024 * 1024,
} as const;

/** What one verification may spend: it reads every object that a later revision could have touched. */
export const VERIFICATION_LIMITS = {
  parsedValues: 3_000_000,
  steps: 400_000_000,
  inflatedBytes: LIMITS.inflatedBytes,
  /** Signature fields with a value. */
  signatures: 500,
  /** Bytes hashed beyond one pass over the file. */
  hashedBytes: 4 * 1024 * 1024 * 1024,
  /** Answers about revocation that a document brings along; more are left unread. */
  revocationAnswers: 1000,
} as const;
