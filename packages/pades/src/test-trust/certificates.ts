import { randomBytes, webcrypto, type KeyObject, type X509Certificate } from 'node:crypto';
// The container inside @peculiar/x509 refuses to load without it.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** What the authority's own keys may be. */
export type TrustAlgorithm = 'ecdsa-p256-sha256' | 'rsa-sha256';
export type KeyPair = webcrypto.CryptoKeyPair;
export type Extension = x509.Extension;

const KEY_ALGORITHM = {
  'ecdsa-p256-sha256': { name: 'ECDSA', namedCurve: 'P-256' },
  'rsa-sha256': { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
} as const;

/** Clocks of verifiers may be behind. */
const BACKDATED_MS = 24 * 60 * 60 * 1000;

export interface Issuing {
  /** Distinguished name as attributes, most general last; never parsed from text, so that a name cannot add attributes. */
  readonly subject: x509.JsonName;
  readonly issuer: x509.JsonName | string;
  readonly publicKey: webcrypto.CryptoKey;
  readonly issuerPublicKey: webcrypto.CryptoKey;
  readonly issuerPrivateKey: webcrypto.CryptoKey;
  readonly now: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Extension[];
}

/** The subject of everything that belongs to the authority itself. */
export function roleName(role: string): x509.JsonName {
  return [{ CN: [`BuffrSign TEST ${role} (not for real use)`] }, { O: ['BuffrSign TEST trust'] }, { C: ['NA'] }];
}

export async function newKeys(algorithm: TrustAlgorithm): Promise<KeyPair> {
  return (await webcrypto.subtle.generateKey(KEY_ALGORITHM[algorithm], true, ['sign', 'verify'])) as KeyPair;
}

/** A key of node:crypto as the other interface knows it; the hash is the one all test certificates are signed with. */
export function toCryptoKey(key: KeyObject): webcrypto.CryptoKey {
  const usage = key.type === 'private' ? 'sign' : 'verify';
  const algorithm = algorithmFor(key);
  return key.toCryptoKey(algorithm, true, [usage]);
}

function algorithmFor(key: KeyObject): { name: string; namedCurve?: string; hash?: string } {
  if (key.asymmetricKeyType === 'ed25519') return { name: 'Ed25519' };
  const curve = { prime256v1: 'P-256', secp384r1: 'P-384' }[key.asymmetricKeyDetails?.namedCurve ?? ''];
  return curve ? { name: 'ECDSA', namedCurve: curve } : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
}

export function yearsAfter(date: Date, years: number): Date {
  const later = new Date(date);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}

/** Issues a certificate with a random serial number of 16 bytes. */
export async function issue({ subject, issuer, publicKey, issuerPublicKey, issuerPrivateKey, now, notAfter, extensions }: Issuing): Promise<Buffer> {
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial().toString('hex'),
    subject,
    issuer,
    notBefore: new Date(now.getTime() - BACKDATED_MS),
    notAfter,
    publicKey,
    signingKey: issuerPrivateKey,
    signingAlgorithm: { ...issuerPrivateKey.algorithm, hash: 'SHA-256' },
    extensions: [
      ...extensions,
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuerPublicKey),
    ],
  });
  return Buffer.from(certificate.rawData);
}

/** Positive, and of the same length always. */
function randomSerial(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

export async function caExtensions(pathLength: number): Promise<Extension[]> {
  return [
    new x509.BasicConstraintsExtension(true, pathLength, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
  ];
}

/** Without extended key usages: NSS, which pdfsig asks, would otherwise want e-mail protection among them. */
export function signingExtensions(): Extension[] {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
  ];
}

/** A time-stamp authority's certificate has this purpose alone, marked critical (RFC 3161, 2.3). */
export function timestampingExtensions(): Extension[] {
  return serviceExtensions(new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.timeStamping], true));
}

/** An OCSP responder's, with the mark that nobody need ask about it in turn (RFC 6960, 4.2.2.2.1). */
export function ocspExtensions(): Extension[] {
  const noCheck = new x509.Extension('1.3.6.1.5.5.7.48.1.5', false, Buffer.from([0x05, 0x00]));
  return serviceExtensions(new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.ocspSigning]), noCheck);
}

function serviceExtensions(...more: Extension[]): Extension[] {
  return [new x509.BasicConstraintsExtension(false, undefined, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true), ...more];
}

export function emailExtension(email: string): Extension {
  return new x509.SubjectAlternativeNameExtension([{ type: 'email', value: email }]);
}

/** Where a client finds the OCSP responder and the list of revoked certificates. */
export function revocationExtensions({ ocsp, crl }: { readonly ocsp?: string; readonly crl?: string }): Extension[] {
  return [
    ...(ocsp ? [new x509.AuthorityInfoAccessExtension({ ocsp })] : []),
    ...(crl ? [new x509.CRLDistributionPointsExtension([crl])] : []),
  ];
}

/** The subject of a certificate, for the issuer field of those it issues. */
export function subjectOf(certificate: X509Certificate): x509.JsonName {
  return new x509.X509Certificate(certificate.raw).subjectName.toJSON();
}
