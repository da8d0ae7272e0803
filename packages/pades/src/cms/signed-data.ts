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
  if (!prepared.isKeyProven && !isBy(prepared, attributes, signature)) {
    throw new SigningFailure('SIGNER_KEY_MISMATCH', 'The signature does not verify with the signer’s certificate: wrong key, or not DER.');
  }
  const timestamp = (await authority?.timestamp(createHash('sha256').update(signature).digest())) ?? null;
  return { cms: encodeSignedData(prepared, { attributes, signature, token: timestamp?.token }), timestamp };
}

function isBy({ signatureLengthMax, algorithm, publicKey }: PreparedSigner, attributes: Buffer, signature: Uint8Array): boolean {
  return signature.length <= signatureLengthMax && algorithm.verify(publicKey, attributes, signature);
}

/** Type, SET and lengths around a token, and what the lengths around all of it grow by. */
const AROUND_TOKEN = 64;
const DIGEST_BYTES = { sha256: 32, sha384: 48, sha512: 64 } as const;
const withoutToken = new WeakMap<PreparedSigner, number>();

/** An upper bound of what {@link signedData} returns, in bytes, known before the signer is asked. */
export function signedDataLengthMax(prepared: PreparedSigner, tokenLengthMax?: number): number {
  let length = withoutToken.get(prepared);
  if (length === undefined) {
    const attributes = signedAttributes(prepared, ID_DATA, Buffer.alloc(DIGEST_BYTES[prepared.algorithm.digest]));
    length = encodeSignedData(prepared, { attributes, signature: Buffer.alloc(prepared.signatureLengthMax) }).length;
    withoutToken.set(prepared, length);
  }
  return tokenLengthMax === undefined ? length : length + tokenLengthMax + AROUND_TOKEN;
}
