import type { Signer } from '@buffrsign/pades';

/** Whom a certificate is for, and for which act. */
export interface SignerRequest {
  readonly name: string;
  readonly email: string;
  /** When they signed; the certificate is valid then, and until now at least. */
  readonly signedAt: Date;
  readonly now: Date;
}

/**
 * Issues to each signer a certificate of their own for one signature. The key is made here for that act and is
 * forgotten with the object: nobody can ever sign with it again.
 *
 * The embedded one is a TEST authority. A real one is another implementation of this interface: make a key pair, send
 * its certificate request to the provider (after whatever the provider wants to know of the signer), and wrap what
 * comes back with `keySigner`, or with `digestSigner` where the provider keeps the key.
 */
export interface SignerAuthority {
  /** Proves that it issues now. @throws Error that may name insides */
  check(now: Date): Promise<void>;
  issue(request: SignerRequest): Promise<Signer>;
}
