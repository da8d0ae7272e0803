import { verify } from 'node:crypto';
import { context, octetString, sequence, setOf, smallInteger } from '../der/write.ts';
import { SigningFailure } from '../refusal.ts';
import * as id from './identifiers.ts';
import type { PreparedSigner } from './prepared-signer.ts';

/**
 * The detached CMS signature of a PAdES baseline signature (ETSI EN 319 142-1, 6.3; CAdES EN 319 122-1):
 * no content, one signer, and exactly three signed attributes. The time is in /M of the dictionary,
 * because the baseline forbids the signing-time attribute.
 */
export async function signedData(prepared: PreparedSigner, contentDigest: Uint8Array): Promise<Buffer> {
  const attributes = signedAttributes(prepared, contentDigest);
  const signature = await prepared.signer.sign(attributes);
  if (!verifies(prepared, attributes, signature)) {
    throw new SigningFailure('SIGNER_KEY_MISMATCH', 'The signature does not verify with the signer’s certificate: wrong key, or not DER.');
  }
  return encode(prepared, attributes, signature);
}

/** An upper bound of what {@link signedData} returns, in bytes, known before the signer is asked. */
export function signedDataLengthMax(prepared: PreparedSigner): number {
  return encode(prepared, signedAttributes(prepared, Buffer.alloc(32)), Buffer.alloc(prepared.signatureLengthMax)).length;
}

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

function verifies(prepared: PreparedSigner, attributes: Buffer, signature: Uint8Array): boolean {
  return signature.length <= prepared.signatureLengthMax && verify('sha256', attributes, prepared.publicKey, signature);
}

function encode(prepared: PreparedSigner, attributes: Buffer, signature: Uint8Array): Buffer {
  const implicitAttributes = Buffer.from(attributes);
  implicitAttributes[0] = 0xa0;
  const signerInfo = sequence(
    smallInteger(1),
    prepared.identifier,
    id.SHA_256,
    implicitAttributes,
    prepared.algorithmIdentifier,
    octetString(signature),
  );
  const content = sequence(smallInteger(1), setOf(id.SHA_256), sequence(id.ID_DATA), prepared.certificates, setOf(signerInfo));
  return sequence(id.ID_SIGNED_DATA, context(0, content));
}
