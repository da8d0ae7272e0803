import { createHash } from 'node:crypto';
import { Fields, TAG, expectTag, oidOf } from '../der/fields.ts';
import { childrenOf, readDer, type DerElement } from '../der/read.ts';
import { Rejection, reading } from '../rejection.ts';
import { checkSignature, hashOf, type HashName } from '../x509/algorithms.ts';
import { EXTENSION, type Certificate } from '../x509/certificate.ts';
import type { CertificatePool } from '../x509/pool.ts';
import type { Attributes, SignedData, SignerIdentifier } from './read.ts';

export const ATTRIBUTE = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  adobeRevocation: '1.2.840.113583.1.1.8',
} as const;

export interface CheckedSigner {
  readonly certificate: Certificate;
  /** For people: `ECDSA P-256 SHA-256`. */
  readonly algorithm: string;
  /** How the signed attributes name the certificate; null when they do not. */
  readonly binding: 'v2' | 'v1' | null;
}

/** The digest algorithm under which the content of a CMS was signed. @throws {Rejection} */
export function digestAlgorithmOf({ signer }: SignedData): HashName {
  return reading('MALFORMED_CMS', 'The digest algorithm of the CMS', () => hashOf(signer.digestAlgorithm));
}

/** The value of an attribute that has exactly one; undefined when the attribute is absent. @throws {Rejection} */
export function singleValue(attributes: Attributes, type: string): DerElement | undefined {
  const values = attributes.get(type);
  if (values && values.length !== 1) throw new Rejection('ATTRIBUTE_DUPLICATE', `The attribute ${type} has ${values.length} values; it must have one.`);
  return values?.[0];
}

/**
 * Checks the signature of a CMS over content of which `digest` is the digest: type, digest, certificate and value.
 * Whether the certificate is trusted is another question.
 *
 * @throws {Rejection} that names what does not hold.
 */
export function checkSigner(cms: SignedData, digest: Buffer, pool: CertificatePool): CheckedSigner {
  return reading('MALFORMED_CMS', 'The CMS signature', () => check(cms, digest, pool));
}

function check(cms: SignedData, digest: Buffer, pool: CertificatePool): CheckedSigner {
  const { signer } = cms;
  const attributes = signer.signedAttributes;
  const contentType = singleValue(attributes, ATTRIBUTE.contentType);
  if (!contentType || oidOf(contentType) !== cms.contentType) {
    throw new Rejection('CONTENT_TYPE_WRONG', 'The signed content type is missing or is not that of the content.');
  }
  const messageDigest = singleValue(attributes, ATTRIBUTE.messageDigest);
  if (!messageDigest || !expectTag(messageDigest, TAG.octetString).content.equals(digest)) {
    throw new Rejection('DIGEST_MISMATCH', 'The signed bytes were changed after signing: their digest is not the one that was signed.');
  }
  const { certificate, binding } = signerCertificate(cms, pool);
  const algorithm = checkSignature({
    algorithm: signer.signatureAlgorithm,
    key: certificate.publicKey,
    data: signer.signedBytes,
    signature: signer.signature,
    digest: digestAlgorithmOf(cms),
  });
  return { certificate, algorithm, binding };
}

/** The certificate that the signer identifier names; where the signed attributes name one too, it is the same. */
function signerCertificate({ signer, certificates }: SignedData, pool: CertificatePool): Pick<CheckedSigner, 'certificate' | 'binding'> {
  const own = certificates.flatMap((der) => pool.add(der) ?? []).filter((certificate) => isNamedBy(certificate, signer.identifier));
  const distinct = [...new Set(own)];
  if (distinct.length === 0) throw new Rejection('SIGNER_CERTIFICATE_MISSING', 'The CMS does not hold the certificate of its signer.');
  const v2 = singleValue(signer.signedAttributes, ATTRIBUTE.signingCertificateV2);
  const v1 = singleValue(signer.signedAttributes, ATTRIBUTE.signingCertificate);
  const named = distinct.filter((certificate) => (!v2 || isNamedByV2(certificate, v2)) && (!v1 || isNamedByV1(certificate, v1)));
  const [certificate, ...others] = named;
  if (!certificate || others.length > 0) {
    throw new Rejection('SIGNER_CERTIFICATE_MISMATCH', 'The certificate in the CMS is not the one that the signature names.');
  }
  return { certificate, binding: v2 ? 'v2' : v1 ? 'v1' : null };
}

function isNamedBy(certificate: Certificate, identifier: SignerIdentifier): boolean {
  if ('issuer' in identifier) return certificate.issuer.equals(identifier.issuer) && certificate.serial.equals(identifier.serial);
  const extension = certificate.extensions.get(EXTENSION.subjectKeyIdentifier);
  return extension !== undefined && readDer(extension.value).content.equals(identifier.subjectKeyIdentifier);
}

/** SigningCertificateV2 (RFC 5035, 3); the first identifier is that of the signer. */
function isNamedByV2(certificate: Certificate, value: DerElement): boolean {
  const [first] = childrenOf(Fields.of(value).next(TAG.sequence));
  const fields = Fields.of(first);
  const algorithm = fields.optional(TAG.sequence);
  const hash = algorithm ? hashOf(algorithm) : 'sha256';
  return matches(certificate, hash, fields);
}

/** SigningCertificate (RFC 2634, 5.4): SHA-1, which still binds one certificate out of the few that are there. */
function isNamedByV1(certificate: Certificate, value: DerElement): boolean {
  const [first] = childrenOf(Fields.of(value).next(TAG.sequence));
  return matches(certificate, 'sha1', Fields.of(first));
}

function matches(certificate: Certificate, hash: string, fields: Fields): boolean {
  if (!fields.next(TAG.octetString).content.equals(createHash(hash).update(certificate.raw).digest())) return false;
  const issuerSerial = fields.optional(TAG.sequence);
  if (!issuerSerial) return true;
  const parts = Fields.of(issuerSerial);
  const [name] = childrenOf(parts.next(TAG.sequence));
  const issuer = name?.tag === 0xa4 ? name.content : undefined;
  return issuer?.equals(certificate.issuer) === true && parts.next(TAG.integer).content.equals(certificate.serial);
}
