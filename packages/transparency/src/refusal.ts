/** Why something was refused before anything of it was checked. The codes are stable. */
export type TransparencyRefusalCode =
  /** The value holds something that canonical JSON (RFC 8785) cannot carry. */
  | 'NOT_CANONICAL'
  /** The text is not JSON, or says something twice. */
  | 'NOT_JSON'
  /** The text or value is larger or deeper than anything of this format can be. */
  | 'TOO_LARGE'
  /** It is not of this format, or of a version that is not known here. */
  | 'UNKNOWN_FORMAT'
  /** A note, checkpoint or key is not written as C2SP writes it. */
  | 'MALFORMED_NOTE'
  /** What was asked for cannot be in a tree of this size. */
  | 'OUT_OF_TREE';

/** The only error that this package throws for what it is given. */
export class TransparencyRefusal extends Error {
  readonly code: TransparencyRefusalCode;

  constructor(code: TransparencyRefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TransparencyRefusal';
    this.code = code;
  }
}
