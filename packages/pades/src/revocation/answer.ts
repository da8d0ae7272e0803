import type { Certificate } from '../x509/certificate.ts';
import type { CertificatePool } from '../x509/pool.ts';

/** What an answer about one certificate says, after its signature and its signer's right to it were checked. */
export interface RevocationAnswer {
  readonly status: 'GOOD' | 'REVOKED' | 'UNKNOWN';
  readonly revokedAt: Date | undefined;
  /** The moment of which the answer speaks. */
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** When it was signed; for a CRL the same as `thisUpdate`. */
  readonly producedAt: Date;
}

/** Whom an answer is about. */
export interface RevocationQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** An answer that is still to come does not count. */
  readonly now: Date;
  /** Further certificates among which the responder may be. */
  readonly pool?: CertificatePool;
}
