import { readBer, berChildrenOf, octetsOf } from '../der/ber.ts';
import { Fields, TAG, expectTag, inside, oidOf } from '../der/fields.ts';
import { DerError, childrenOf, readDer, type DerElement } from '../der/read.ts';
import { Rejection, reading } from '../rejection.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** Attributes by their type; every type occurs once. */
export type Attributes = ReadonlyMap<string, readonly DerElement[]>;

/** Who signed: by issuer and serial number, or by the identifier of the key. */
export type SignerIdentifier =
  | { readonly issuer: Buffer; readonly serial: Buffer }
  | { readonly subjectKeyIdentifier: Buffer };

/** A CMS SignedData (RFC 5652) with exactly one signer, taken apart and not yet believed. */
export interface SignedData {
  /** Bytes of the whole encoding: what follows them in the input is not part of it. */
  readonly length: number;
  readonly contentType: string;
  readonly content: Buffer | undefined;
  /** DER of each certificate. */
  readonly certificates: readonly Buffer[];
  /** DER of each CRL, and of other revocation information as it stands. */
  readonly revocation: readonly DerElement[];
  readonly signer: SignerInfo;
}

export interface SignerInfo {
  readonly identifier: SignerIdentifier;
  readonly digestAlgorithm: DerElement;
  /** The DER SET OF that was signed. */
  readonly signedBytes: Buffer;
  readonly signedAttributes: Attributes;
  readonly signatureAlgorithm: DerElement;
  readonly signature: Buffer;
  readonly unsignedAttributes: Attributes;
}

/** Reads a ContentInfo that holds SignedData, in DER or BER. @throws {Rejection} */
export function readSignedData(bytes: Uint8Array): SignedData {
  return reading('MALFORMED_CMS', 'The CMS signature', () => read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
}

function read(bytes: Buffer): SignedData {
  const outer = readBer(bytes);
  const contentInfo = Fields.ofBer(outer);
  if (oidOf(contentInfo.any()) !== SIGNED_DATA) throw new DerError('The CMS does not hold SignedData.');
  const parts = Fields.ofBer(inside(contentInfo.next(0xa0)));
  contentInfo.end();
  parts.next(TAG.integer);
  parts.next(TAG.set);
  const encapsulated = Fields.ofBer(parts.next(TAG.sequence));
  const contentType = oidOf(encapsulated.any());
  const content = encapsulated.optional(0xa0);
  encapsulated.end();
  const certificates = parts.optional(0xa0);
  const revocation = parts.optional(0xa1);
  const [signer, ...others] = berChildrenOf(parts.next(TAG.set));
  parts.end();
  if (!signer || others.length > 0) throw new Rejection('SIGNERS_NOT_ONE', `The CMS has ${signer ? 1 + others.length : 0} signers; there must be exactly one.`);
  return {
    length: outer.bytes.length,
    contentType,
    content: content && octetsOf(inside(content)),
    // Attribute certificates and other formats have tags of their own.
    certificates: certificates ? berChildrenOf(certificates).flatMap(({ tag, bytes: der }) => (tag === TAG.sequence ? [der] : [])) : [],
    revocation: revocation ? berChildrenOf(revocation) : [],
    signer: readSigner(signer),
  };
}

function readSigner(element: DerElement): SignerInfo {
  const fields = Fields.ofBer(element);
  fields.next(TAG.integer);
  const identifier = readIdentifier(fields.any());
  const digestAlgorithm = fields.next(TAG.sequence);
  const signed = fields.optional(0xa0);
  // Without them the document itself could be made to look like a set of attributes (RFC 5652, 5.4 and 11).
  if (!signed) throw new Rejection('SIGNED_ATTRIBUTES_MISSING', 'The CMS has no signed attributes.');
  const signatureAlgorithm = fields.next(TAG.sequence);
  const signature = octetsOf(fields.any());
  const unsigned = fields.optional(0xa1);
  fields.end();
  const signedBytes = Buffer.from(signed.bytes);
  signedBytes[0] = TAG.set;
  return {
    identifier,
    digestAlgorithm,
    signedBytes,
    // Read back from the very bytes that are verified, and in DER: what is signed has one meaning only.
    signedAttributes: readAttributes(childrenOf(readDer(signedBytes)), childrenOf),
    signatureAlgorithm,
    signature,
    unsignedAttributes: readAttributes(unsigned ? berChildrenOf(unsigned) : [], berChildrenOf),
  };
}

function readIdentifier(element: DerElement): SignerIdentifier {
  if (element.tag === 0x80) return { subjectKeyIdentifier: element.content };
  const fields = Fields.of(element);
  const identifier = { issuer: fields.next(TAG.sequence).bytes, serial: fields.next(TAG.integer).content };
  fields.end();
  return identifier;
}

function readAttributes(elements: readonly DerElement[], childrenOfSet: (element: DerElement) => DerElement[]): Attributes {
  const attributes = new Map<string, DerElement[]>();
  for (const element of elements) {
    const fields = Fields.ofBer(element);
    const type = oidOf(fields.any());
    if (attributes.has(type)) throw new Rejection('ATTRIBUTE_DUPLICATE', `The attribute ${type} occurs twice in the CMS.`);
    attributes.set(type, childrenOfSet(expectTag(fields.any(), TAG.set)));
    fields.end();
  }
  return attributes;
}
