import { X509Certificate, createHash, type KeyObject } from 'node:crypto';
import { Fields, TAG, bitsOf, booleanOf, expectTag, inside, numberOf, oidOf, timeOf } from '../der/fields.ts';
import { DerError, childrenOf, readDer, type DerElement } from '../der/read.ts';
import { Rejection, reading } from '../rejection.ts';
import { schemeOf } from './algorithms.ts';

export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInformationAccess: '1.3.6.1.5.5.7.1.1',
  qcStatements: '1.3.6.1.5.5.7.1.3',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
} as const;

/** Bits of the key usage extension, the first in the highest bit of the first octet (RFC 5280, 4.2.1.3). */
export const KEY_USAGE = { digitalSignature: 0x80, nonRepudiation: 0x40, keyCertSign: 0x04, cRLSign: 0x02 } as const;

export interface Extension {
  readonly critical: boolean;
  readonly value: Buffer;
}

/** An X.509 certificate as its issuer encoded it; nothing in it is believed yet. */
export class Certificate {
  readonly raw: Buffer;
  /** Content octets of the serial number. */
  readonly serial: Buffer;
  /** Name, DER. */
  readonly issuer: Buffer;
  /** Name, DER. */
  readonly subject: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The bits of the subject's public key, which OCSP hashes. */
  readonly publicKeyBits: Buffer;
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
  /** First octet of the key usage; undefined when every usage is permitted. */
  readonly keyUsage: number | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly #signatureAlgorithm: DerElement;
  #parsed: X509Certificate | undefined;
  #publicKey: KeyObject | undefined;
  #sha256: string | undefined;
  /** Who is known to have signed it: paths of several signatures share their upper parts. */
  readonly #signedBy = new WeakSet<Certificate>();

  /** @throws {Rejection} `MALFORMED_CERTIFICATE` */
  static read(der: Uint8Array): Certificate {
    return reading('MALFORMED_CERTIFICATE', 'A certificate', () => new Certificate(Buffer.from(der.buffer, der.byteOffset, der.byteLength)));
  }

  private constructor(der: Buffer) {
    const outer = readDer(der);
    if (outer.bytes.length !== der.length) throw new DerError('There are bytes after the certificate.');
    const parts = Fields.of(outer);
    const tbs = Fields.of(parts.next(TAG.sequence));
    const algorithm = parts.next(TAG.sequence);
    tbs.optional(0xa0);
    this.raw = der;
    this.serial = tbs.next(TAG.integer).content;
    // Two places name the algorithm, only one of them is signed (RFC 5280, 4.1.1.2).
    if (!tbs.next(TAG.sequence).bytes.equals(algorithm.bytes)) throw new DerError('The certificate names two signature algorithms.');
    this.#signatureAlgorithm = algorithm;
    this.issuer = tbs.next(TAG.sequence).bytes;
    const validity = Fields.of(tbs.next(TAG.sequence));
    [this.notBefore, this.notAfter] = [timeOf(validity.any()), timeOf(validity.any())];
    this.subject = tbs.next(TAG.sequence).bytes;
    const keyInfo = Fields.of(tbs.next(TAG.sequence));
    keyInfo.next(TAG.sequence);
    this.publicKeyBits = bitsOf(keyInfo.any());
    tbs.optional(0x81);
    tbs.optional(0x82);
    const extensions = tbs.optional(0xa3);
    tbs.end();
    this.extensions = readExtensions(extensions && inside(extensions));
    const basic = this.#extension(EXTENSION.basicConstraints, (value) => Fields.of(value));
    this.isCa = basic?.optional(TAG.boolean)?.content[0] === 0xff;
    this.pathLength = !basic || basic.isDone ? undefined : numberOf(basic.any());
    this.keyUsage = this.#extension(EXTENSION.keyUsage, (value) => expectTag(value, TAG.bitString).content[1] ?? 0);
    this.extendedKeyUsage = this.#extension(EXTENSION.extendedKeyUsage, (value) => childrenOf(expectTag(value, TAG.sequence)).map(oidOf));
  }

  get publicKey(): KeyObject {
    return (this.#publicKey ??= reading('MALFORMED_CERTIFICATE', 'The key of a certificate', () => this.parsed.publicKey));
  }

  get parsed(): X509Certificate {
    return (this.#parsed ??= reading('MALFORMED_CERTIFICATE', 'A certificate', () => new X509Certificate(this.raw)));
  }

  get sha256(): string {
    return (this.#sha256 ??= createHash('sha256').update(this.raw).digest('hex'));
  }

  get isSelfIssued(): boolean {
    return this.issuer.equals(this.subject);
  }

  equals(other: Certificate): boolean {
    return this === other || this.raw.equals(other.raw);
  }

  isValidAt(date: Date): boolean {
    return date >= this.notBefore && date <= this.notAfter;
  }

  /** @throws {Rejection} unless `issuer` signed this certificate with an algorithm that counts. */
  assertSignedBy(issuer: Certificate): void {
    if (this.#signedBy.has(issuer)) return;
    schemeOf(this.#signatureAlgorithm);
    const issued = reading('MALFORMED_CERTIFICATE', 'A certificate', () => this.parsed.checkIssued(issuer.parsed) && this.parsed.verify(issuer.publicKey));
    if (!issued) throw new Rejection('CERTIFICATE_SIGNATURE_INVALID', 'A certificate of the chain was not signed by the one that should have issued it.');
    this.#signedBy.add(issuer);
  }

  #extension<T>(oid: string, read: (value: DerElement) => T): T | undefined {
    const extension = this.extensions.get(oid);
    return extension && read(readDer(extension.value));
  }
}

/** Extensions ::= SEQUENCE OF { oid, critical DEFAULT FALSE, OCTET STRING }; each at most once (RFC 5280, 4.2). */
export function readExtensions(extensions: DerElement | undefined): Map<string, Extension> {
  const found = new Map<string, Extension>();
  for (const extension of extensions ? childrenOf(expectTag(extensions, TAG.sequence)) : []) {
    const fields = Fields.of(extension);
    const oid = oidOf(fields.any());
    if (found.has(oid)) throw new DerError('An extension occurs twice.');
    const critical = fields.optional(TAG.boolean);
    found.set(oid, { critical: critical !== undefined && booleanOf(critical), value: fields.next(TAG.octetString).content });
    fields.end();
  }
  return found;
}
