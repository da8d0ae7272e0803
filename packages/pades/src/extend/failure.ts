export type ExtensionFailureCode =
  /** An option is missing or malformed; the message names it. */
  | 'INVALID_OPTION'
  /** The document holds no signature that leads to a trusted root. */
  | 'NOTHING_TO_EXTEND'
  /** A signature, or a document time-stamp, does not verify: the covered bytes or the signature were changed. */
  | 'SIGNATURE_BROKEN'
  /** Neither a signature time-stamp nor a document time-stamp proves when a signature was made: it is of level B-B. */
  | 'NOT_TIMESTAMPED'
  /** A time-stamp in the document does not lead to a trusted root. */
  | 'TIMESTAMP_UNTRUSTED'
  /** A certificate had been revoked by the time of the signature. */
  | 'CERTIFICATE_REVOKED'
  /** The token of the document time-stamp outgrew the room in the file, again and again. */
  | 'TIMESTAMP_TOO_LARGE';

/** Why a document cannot be brought to the level asked for. What is only out of reach now is a `RevocationUnavailable` or `TimestampUnavailable`. */
export class ExtensionFailure extends Error {
  readonly code: ExtensionFailureCode;

  constructor(code: ExtensionFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExtensionFailure';
    this.code = code;
  }
}
