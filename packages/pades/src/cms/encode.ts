import { context, header, octetString, sequence, setOf, smallInteger } from '../der/write.ts';
import * as id from './identifiers.ts';
import type { PreparedSigner } from './prepared-signer.ts';

const CONTEXT_0 = 0xa0;
const SEQUENCE = 0x30;
const SET = 0x31;

/** Content type, digest and signing-certificate-v2 as a DER SET OF Attribute: these very bytes are signed (RFC 5652, 5.4). */
export function signedAttributes({ certificateAttribute }: PreparedSigner, contentType: Buffer, contentDigest: Uint8Array): Buffer {
  const attributes = [contentTypeAttribute(contentType), digestAttribute(contentDigest), certificateAttribute];
  return setOf(...attributes);
}

/** The type of all signatures of documents is the same. */
const contentTypeAttribute = (type: Buffer): Buffer => (type === id.ID_DATA ? DATA_ATTRIBUTE : sequence(id.ID_CONTENT_TYPE, setOf(type)));
const DATA_ATTRIBUTE = sequence(id.ID_CONTENT_TYPE, setOf(id.ID_DATA));
const digestAttribute = (digest: Uint8Array): Buffer => sequence(id.ID_MESSAGE_DIGEST, setOf(octetString(digest)));

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
  implicitAttributes[0] = CONTEXT_0;
  const signerInfo = nested(SEQUENCE, [
    VERSION_1,
    prepared.identifier,
    digestIdentifier,
    implicitAttributes,
    signatureIdentifier,
    octetString(signature),
    ...(token ? [context(1, sequence(id.ID_TIMESTAMP_TOKEN, setOf(token)))] : []),
  ]);
  // Content of a type other than data makes it version 3 (RFC 5652, 5.1).
  const [version, encapsulated] = content ? [VERSION_3, sequence(content.type, context(0, octetString(content.bytes)))] : [VERSION_1, DETACHED_DATA];
  const signedData = nested(SEQUENCE, [version, digestAlgorithms(digestIdentifier), encapsulated, prepared.certificates, ...nested(SET, signerInfo)]);
  return Buffer.concat(nested(SEQUENCE, [id.ID_SIGNED_DATA, ...nested(CONTEXT_0, signedData)]));
}

const VERSION_1 = smallInteger(1);
const VERSION_3 = smallInteger(3);
const DETACHED_DATA = sequence(id.ID_DATA);

const sets = new WeakMap<Buffer, Buffer>();

/** SET OF the one digest algorithm; there are three of them in all. */
function digestAlgorithms(identifier: Buffer): Buffer {
  const known = sets.get(identifier) ?? setOf(identifier);
  sets.set(identifier, known);
  return known;
}

/** The pieces of a constructed element, not yet put together: the outermost does it, once. */
function nested(tag: number, parts: readonly Uint8Array[]): Uint8Array[] {
  return [header(tag, parts.reduce((length, part) => length + part.length, 0)), ...parts];
}
