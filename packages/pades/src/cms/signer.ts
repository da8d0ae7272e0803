import { sign as signWithKey, type KeyObject } from 'node:crypto';

/** SHA-256 with either an RSA key (PKCS #1 v1.5) or a key on the curve P-256. */
export type SignatureAlgorithm = 'rsa-sha256' | 'ecdsa-p256-sha256';

/** Whoever can sign: a key in this process, a key service, a card. */
export interface Signer {
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array;
  /** The issuers, DER: the issuer of the certificate first, each followed by its own; the root may be left out. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /**
   * Signs `tbs` (SHA-256 of it is what gets signed; a service that takes digests is given that).
   * RSA: the PKCS #1 v1.5 value. ECDSA: the DER sequence of r and s, not r followed by s.
   */
  sign(tbs: Uint8Array): Promise<Uint8Array>;
}

/** A {@link Signer} over a private key that this process holds. */
export function keySigner(options: {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly privateKey: KeyObject;
}): Signer {
  const { certificate, chain, privateKey } = options;
  return {
    certificate,
    chain,
    algorithm: privateKey.asymmetricKeyType === 'rsa' ? 'rsa-sha256' : 'ecdsa-p256-sha256',
    sign: async (tbs) => signWithKey('sha256', tbs, privateKey),
  };
}
