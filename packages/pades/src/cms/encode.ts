import { context, octetString, sequence, setOf, smallInteger } from '../der/write.ts';
import * as id from './identifiers.ts';
import type { PreparedSigner } from './prepared-signer.ts';

/** Content type, digest and signing-certificate-v2 as a DER SET OF Attribute: these very bytes are signed (RFC 5652, 5.4). */
export function signedAttributes(prepared: PreparedSigner, contentType: Buffer, contentDigest: Uint8Array): Buffer {
  // ESSCertIDv2 with its default algorithm SHA-256, which DER leaves out (RFC 5035, 4).
  const certificateId = sequence(octetString(prepared.certificateDigest));
  return setOf(
    sequence(id.ID_CONTENT_TYPE, setOf(contentType)),
    sequence(id.ID_MESSAGE_DIGEST, setOf(octetString(contentDigest))),
    sequence(id.ID_SIGNING_CERTIFICATE_V2, setOf(sequence(sequence(certificateId)))),
  );
}

export interface SignedParts {
  readonly attributes: Buffer;
  readonly signature: Uint8Array;
  /** A time stamp over the signature value. */
  readonly token?: Uint8Array | undefined;
  /** Content that goes along, and its type; without it the signature is detached from data. */
  readonly content?: { readonly type: Buffer; readonly bytes: Uint8Array };
}

/** A ContentInfo with SignedData of one signer (RFC 5652, 5). */
export function encodeSignedData(prepared: PreparedSigner, { attributes, signature, token, content }: SignedParts): Buffer {
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
  // Content of a type other than data makes it version 3 (RFC 5652, 5.1).
  const [version, encapsulated] = content ? [3, sequence(content.type, context(0, octetString(content.bytes)))] : [1, sequence(id.ID_DATA)];
  const signedData = sequence(smallInteger(version), setOf(digestIdentifier), encapsulated, prepared.certificates, setOf(signerInfo));
  return sequence(id.ID_SIGNED_DATA, context(0, signedData));
}
