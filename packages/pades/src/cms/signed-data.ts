import { createHash } from 'node:crypto';
import { SigningFailure } from '../refusal.ts';
import type { Timestamp, TimestampAuthority } from '../tsp/authority.ts';
import { encodeSignedData, signedAttributes } from './encode.ts';
import { ID_DATA } from './identifiers.ts';
import type { PreparedSigner } from './prepared-signer.ts';

export interface SignedContent {
  /** ContentInfo, DER. */
  readonly cms: Buffer;
  readonly timestamp: Timestamp | null;
}

/**
 * The detached CMS signature of a PAdES baseline signature (ETSI EN 319 142-1, 6.3; CAdES EN 319 122-1):
 * no content, one signer, and exactly three signed attributes. The time is in /M of the dictionary,
 * because the baseline forbids the signing-time attribute. With an authority the signature value is
 * time-stamped, which makes level B-T.
 */
export async function signedData(prepared: PreparedSigner, contentDigest: Uint8Array, authority?: TimestampAuthority): Promise<SignedContent> {
  const attributes = signedAttributes(prepared, ID_DATA, contentDigest);
  const signature = await prepared.signer.sign(attributes);
  if (signature.length > prepared.signatureLengthMax || !prepared.algorithm.verify(prepared.publicKey, attributes, signature)) {
    throw new SigningFailure('SIGNER_KEY_MISMATCH', 'The signature does not verify with the signer’s certificate: wrong key, or not DER.');
  }
  const timestamp = (await authority?.timestamp(createHash('sha256').update(signature).digest())) ?? null;
  return { cms: encodeSignedData(prepared, { attributes, signature, token: timestamp?.token }), timestamp };
}

/** An upper bound of what {@link signedData} returns, in bytes, known before the signer is asked. */
export function signedDataLengthMax(prepared: PreparedSigner, tokenLengthMax?: number): number {
  const attributes = signedAttributes(prepared, ID_DATA, Buffer.alloc(DIGEST_BYTES[prepared.algorithm.digest]));
  const token = tokenLengthMax === undefined ? undefined : Buffer.alloc(tokenLengthMax);
  return encodeSignedData(prepared, { attributes, signature: Buffer.alloc(prepared.signatureLengthMax), token }).length;
}

const DIGEST_BYTES = { sha256: 32, sha384: 48, sha512: 64 } as const;
