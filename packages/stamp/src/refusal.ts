/** Why a PDF or a field was refused by this package. The codes are stable. */
export type StampRefusalCode =
  /** The PDF cannot be loaded, or its pages cannot be found. */
  | 'UNREADABLE_PDF'
  /** The PDF is encrypted; decrypt it first. */
  | 'ENCRYPTED'
  /** The PDF carries a signature, and drawing on it would break that. */
  | 'ALREADY_SIGNED'
  /** A field names a page the document does not have. */
  | 'PAGE_NOT_FOUND'
  /** A rectangle is empty or leaves the page. */
  | 'INVALID_RECTANGLE'
  /** A text has characters that no font of ours can show; `characters` lists them. */
  | 'TEXT_NOT_SHOWABLE'
  /** An image is not a plain PNG, is damaged, or is too large (2 MiB, 4 million pixels). */
  | 'IMAGE_UNREADABLE'
  /** The name of a field is empty, too long or has a period. */
  | 'INVALID_FIELD_NAME'
  /** Two fields of the document would have one name. */
  | 'FIELD_NAME_TAKEN'
  /** A signature field locks a field that does not exist, or says in two ways what it locks. */
  | 'INVALID_LOCK';

/** The only error that is thrown for what was given. */
export class StampRefusal extends Error {
  readonly code: StampRefusalCode;
  /** Position in the list of fields of the one at fault, from 0. */
  readonly field: number | undefined;
  /** With `TEXT_NOT_SHOWABLE`: each character once, in order of appearance. */
  readonly characters: readonly string[];

  constructor(
    code: StampRefusalCode,
    message: string,
    details: { readonly field?: number | undefined; readonly characters?: readonly string[]; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'StampRefusal';
    this.code = code;
    this.field = details.field;
    this.characters = details.characters ?? [];
  }
}
