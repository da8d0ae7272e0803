import { createHash } from 'node:crypto';
import { context, octetString, sequence, setOf, smallInteger } from '../der/write.ts';
import { SigningFailure } from '../refusal.ts';
import type { Timestamp, TimestampAuthority } from '../tsp/authority.ts';
import * as id from './identifiers.ts';
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
  const attributes = signedAttributes(prepared, contentDigest);
  const signature = await prepared.signer.sign(attributes);
  if (signature.length > prepared.signatureLengthMax || !prepared.algorithm.verify(prepared.publicKey, attributes, signature)) {
    throw new SigningFailure('SIGNER_KEY_MISMATCH', 'The signature does not verify with the signer’s certificate: wrong key, or not DER.');
  }
  const timestamp = (await authority?.timestamp(createHash('sha256').update(signature).digest())) ?? null;
  return { cms: encode(prepared, attributes, signature, timestamp?.token), timestamp };
}

/** An upper bound of what {@link signedData} returns, in bytes, known before the signer is asked. */
export function signedDataLengthMax(prepared: PreparedSigner, tokenLengthMax?: number): number {
  const attributes = signedAttributes(prepared, Buffer.alloc(DIGEST_BYTES[prepared.algorithm.digest]));
  const token = tokenLengthMax === undefined ? undefined : Buffer.alloc(tokenLengthMax);
  return encode(prepared, attributes, Buffer.alloc(prepared.signatureLengthMax), token).length;
}

const DIGEST_BYTES = { sha256: 32, sha384: 48, sha512: 64 } as const;

/** DER SET OF Attribute: these very bytes are signed (RFC 5652, 5.4). */
function signedAttributes(prepared: PreparedSigner, contentDigest: Uint8Array): Buffer {
  // ESSCertIDv2 with its default algorithm SHA-256, which DER leaves out (RFC 5035, 4).
  const certificateId = sequence(octetString(prepared.certificateDigest));
  return setOf(
    sequence(id.ID_CONTENT_TYPE, setOf(id.ID_DATA)),
    sequence(id.ID_MESSAGE_DIGEST, setOf(octetString(contentDigest))),
    sequence(id.ID_SIGNING_CERTIFICATE_V2, setOf(sequence(sequence(certificateId)))),
  );
}

function encode(prepared: PreparedSigner, attributes: Buffer, signature: Uint8Array, token?: Uint8Array): Buffer {
  const { digestIdentifier, signatureIdentifier } = prepared.algorithm;
  const implicitAttributes = Buffer.from(attributes);
  implicitAttributes[0] = 0xa0;
  const signerInfo = sequence(
    smallInteger(1),
    prepared.identifier,
    digestIdentifier,
    implicitAttributes,
    signatureIdentifier,
    octetString(signature),
    ...(token ? [context(1, sequence(id.ID_TIMESTAMP_TOKEN, setOf(token)))] : []),
  );
  const content = sequence(smallInteger(1), setOf(digestIdentifier), sequence(id.ID_DATA), prepared.certificates, setOf(signerInfo));
  return sequence(id.ID_SIGNED_DATA, context(0, content));
}
