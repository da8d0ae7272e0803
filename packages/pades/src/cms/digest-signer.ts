import { createHash } from 'node:crypto';
import { DerError, childrenOf, readDer } from '../der/read.ts';
import { sequence, unsignedInteger } from '../der/write.ts';
import { SigningFailure } from '../refusal.ts';
import { ALGORITHMS, type SignatureAlgorithm } from './algorithms.ts';
import type { Signer } from './signer.ts';

export interface DigestSignerOptions {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** Ed25519 signs whole messages and cannot be had from a service that takes digests. */
  readonly algorithm: Exclude<SignatureAlgorithm, 'ed25519'>;
  /**
   * Has the service sign a digest (SHA-256; SHA-384 for P-384): PKCS#11 `CKM_ECDSA` or `CKM_RSA_PKCS` over a
   * DigestInfo, `Sign` with a digest of the cloud key services. ECDSA values may come as DER or as r followed by s.
   */
  signDigest(digest: Uint8Array): Promise<Uint8Array>;
}

/** A {@link Signer} for services that see digests only: KMS, HSM, PKCS#11. Neither the document nor its attributes leave this process. */
export function digestSigner({ certificate, chain, algorithm, signDigest }: DigestSignerOptions): Signer {
  const { digest } = ALGORITHMS[algorithm];
  const valueBytes = { 'ecdsa-p256-sha256': 32, 'ecdsa-p384-sha384': 48, 'rsa-sha256': undefined, 'rsa-pss-sha256': undefined }[algorithm];
  return {
    certificate,
    chain,
    algorithm,
    sign: async (tbs) => {
      const value = Buffer.from(await signDigest(createHash(digest).update(tbs).digest()));
      return valueBytes === undefined ? value : ecdsaDer(value, valueBytes);
    },
  };
}

function ecdsaDer(value: Buffer, bytes: number): Buffer {
  if (isPairOfIntegers(value)) return value;
  if (value.length === 2 * bytes) return sequence(unsignedInteger(value.subarray(0, bytes)), unsignedInteger(value.subarray(bytes)));
  const expected = `DER or ${2 * bytes} bytes of r and s`;
  throw new SigningFailure('SIGNER_KEY_MISMATCH', `The signing service returned an ECDSA value of ${value.length} bytes that is neither ${expected}.`);
}

/** r followed by s looks like DER by chance once in some 2^40 signatures; that one would be refused, not written. */
function isPairOfIntegers(value: Buffer): boolean {
  try {
    const outer = readDer(value);
    if (outer.tag !== 0x30 || outer.bytes.length !== value.length) return false;
    const parts = childrenOf(outer);
    return parts.length === 2 && parts.every(({ tag }) => tag === 0x02);
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}
