/** Why a PDF was refused. The codes are stable: callers may map them to messages of their own. */
export type PdfRefusalCode =
  /** Not a PDF: no header at the first byte, or no end marker. */
  | 'NOT_A_PDF'
  /** The structure contradicts itself or ISO 32000; nothing was guessed or repaired. */
  | 'DAMAGED'
  /** The file is encrypted; decrypt it first. */
  | 'ENCRYPTED'
  /** A limit of `limits.ts` was reached: nesting, size, number of objects or amount of work. */
  | 'TOO_COMPLEX'
  /** An earlier certification signature forbids any further change (DocMDP P = 1). */
  | 'CHANGES_NOT_PERMITTED'
  /** A certification signature must be the first one (ISO 32000-1, 12.8.2.2). */
  | 'ALREADY_SIGNED'
  /** The form has a field of that name which is no empty signature field. */
  | 'FIELD_NAME_TAKEN'
  /** There is no field of that name to be filled in. */
  | 'FIELD_NOT_FOUND'
  /** The field holds a value already; nothing is ever overwritten. */
  | 'FIELD_HAS_VALUE'
  /** An earlier signature has locked the field (FieldMDP). */
  | 'FIELD_LOCKED'
  /** The field is not of the kind that can be filled in here: its type, or several widgets. */
  | 'FIELD_NOT_USABLE';

/** The only error the reader and the appender throw for a PDF, whatever its bytes are. */
export class PdfRefusal extends Error {
  readonly code: PdfRefusalCode;

  constructor(code: PdfRefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PdfRefusal';
    this.code = code;
  }
}

export function damaged(what: string): PdfRefusal {
  return new PdfRefusal('DAMAGED', `The PDF is damaged: ${what}.`);
}

export function tooComplex(what: string): PdfRefusal {
  return new PdfRefusal('TOO_COMPLEX', `The PDF is too complex to be read safely: ${what}.`);
}

/** Why signing failed for a reason that is not the PDF's. */
export type SigningFailureCode =
  /** An option is missing or malformed; the message names it. */
  | 'INVALID_OPTION'
  /** The certificate cannot be read, or its key does not fit the algorithm. */
  | 'SIGNER_CERTIFICATE_UNUSABLE'
  /** The certificate is not valid at the signing date. */
  | 'SIGNER_CERTIFICATE_EXPIRED'
  /** The chain does not lead from the certificate upwards, issuer by issuer. */
  | 'SIGNER_CHAIN_BROKEN'
  /** The value returned by the signer does not verify with its certificate. */
  | 'SIGNER_KEY_MISMATCH'
  /** The PDF given as appearance cannot be shown in a field. */
  | 'APPEARANCE_UNUSABLE'
  /** The time-stamp token outgrew the room in the file, again and again. */
  | 'TIMESTAMP_TOO_LARGE'
  /** The input bytes were changed by someone else while the signer was at work. */
  | 'INPUT_CHANGED';

/** Thrown when the signer or the options, not the PDF, are at fault. */
export class SigningFailure extends Error {
  readonly code: SigningFailureCode;

  constructor(code: SigningFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SigningFailure';
    this.code = code;
  }
}
