/**
 * Why a piece of evidence (CMS, certificate, time stamp, revocation answer) does not count. The codes are stable
 * and are the same as those of the findings they become.
 */
export type RejectionCode =
  /** Bytes that are not the ASN.1 structure they should be. */
  | 'MALFORMED_CMS'
  | 'MALFORMED_CERTIFICATE'
  | 'MALFORMED_TIMESTAMP'
  | 'MALFORMED_REVOCATION'
  /** SHA-1, MD5, RSA below 2048 bits: broken or breakable. */
  | 'WEAK_ALGORITHM'
  | 'UNSUPPORTED_ALGORITHM'
  /** The digest is not that of the bytes: they were changed. */
  | 'DIGEST_MISMATCH'
  /** The value does not verify with the key of the certificate. */
  | 'SIGNATURE_INVALID'
  | 'SIGNERS_NOT_ONE'
  | 'CONTENT_NOT_DETACHED'
  | 'CONTENT_TYPE_WRONG'
  | 'SIGNED_ATTRIBUTES_MISSING'
  | 'ATTRIBUTE_DUPLICATE'
  | 'ALGORITHMS_DISAGREE'
  | 'SIGNER_CERTIFICATE_MISSING'
  /** The certificate is not the one that the signed attributes name. */
  | 'SIGNER_CERTIFICATE_MISMATCH'
  | 'TIMESTAMP_IMPRINT_MISMATCH'
  | 'REVOCATION_OTHER_CERTIFICATE'
  | 'REVOCATION_NOT_AUTHORISED'
  | 'REVOCATION_OUTDATED'
  /** No path of certificates leads to a trusted root; the other codes tell what stood in the way. */
  | 'UNTRUSTED'
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'ISSUER_NOT_CA'
  | 'PATH_TOO_LONG'
  | 'KEY_USAGE_WRONG'
  | 'CRITICAL_EXTENSION_UNKNOWN'
  | 'NAME_CONSTRAINTS_UNSUPPORTED'
  | 'CERTIFICATE_SIGNATURE_INVALID';

/** Thrown by the readers of evidence; a verifier turns it into a finding. */
export class Rejection extends Error {
  readonly code: RejectionCode;

  constructor(code: RejectionCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Rejection';
    this.code = code;
  }
}

/** Runs a reader of ASN.1 and gives whatever it stumbles over one code. */
export function reading<T>(code: RejectionCode, what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Rejection) throw cause;
    throw new Rejection(code, `${what} cannot be read.`, { cause });
  }
}
