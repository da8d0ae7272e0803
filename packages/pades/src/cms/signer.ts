import { createPublicKey, type KeyObject } from 'node:crypto';
import { SigningFailure } from '../refusal.ts';
import { ALGORITHMS, algorithmOf, type SignatureAlgorithm } from './algorithms.ts';

/** Whoever can sign: a key in this process, a key service, a card. */
export interface Signer {
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array;
  /** The issuers, DER: the issuer of the certificate first, each followed by its own; the root may be left out. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /**
   * Signs `tbs`: the whole of it for Ed25519, its digest (SHA-256, SHA-384 for P-384) for all others.
   * A service that takes digests only is wrapped by `digestSigner`.
   * RSA: the padded value. ECDSA: the DER sequence of r and s, not r followed by s.
   */
  sign(tbs: Uint8Array): Promise<Uint8Array>;
}

/** A {@link Signer} over a private key that this process holds. RSA keys sign with PKCS #1 v1.5 unless `algorithm` says PSS. */
export function keySigner(options: {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly privateKey: KeyObject;
  readonly algorithm?: SignatureAlgorithm;
}): Signer {
  const { certificate, chain, privateKey } = options;
  const algorithm = options.algorithm ?? algorithmOf(privateKey);
  if (!algorithm) throw new SigningFailure('SIGNER_CERTIFICATE_UNUSABLE', 'A key of this kind cannot sign PDFs: take RSA, P-256, P-384 or Ed25519.');
  const signer: Signer = { certificate, chain, algorithm, sign: async (tbs) => ALGORITHMS[algorithm].sign(privateKey, tbs) };
  held.set(signer, createPublicKey(privateKey));
  return signer;
}

const held = new WeakMap<Signer, KeyObject>();

/** The public half of the key that a signer of {@link keySigner} signs with; undefined for signers of another make. */
export function publicKeyOf(signer: Signer): KeyObject | undefined {
  return held.get(signer);
}
