/** Revocation data about one certificate, checked when they arrived. DER each. */
export interface RevocationData {
  readonly ocsp?: Uint8Array;
  readonly crl?: Uint8Array;
  /** Certificates that are needed to check them: those of OCSP responders. */
  readonly certificates?: readonly Uint8Array[];
}

/** Whoever knows whether certificates were revoked. */
export interface RevocationSource {
  /**
   * Data about `certificate`, made at `notBefore` or later: older ones say nothing about a signature of that time.
   * Whether they say "good" or "revoked" is for the caller to read.
   * @throws {RevocationUnavailable}
   */
  fetch(certificate: Uint8Array, issuer: Uint8Array, notBefore: Date): Promise<RevocationData>;
}

/** Nobody could be had who says, fresh enough and believably, whether a certificate is revoked. */
export class RevocationUnavailable extends Error {
  /** False when the certificate names no place to ask at, and trying again is in vain. */
  readonly published: boolean;
  /** What each place said. */
  readonly reasons: readonly string[];

  constructor(subject: string, reasons: readonly string[], options: ErrorOptions & { readonly published?: boolean } = {}) {
    super(`No usable revocation data for the certificate of ${subject}: ${reasons.join('; ')}.`, options);
    this.name = 'RevocationUnavailable';
    this.published = options.published ?? true;
    this.reasons = reasons;
  }
}
