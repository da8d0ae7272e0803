import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import { keySigner, type Signer } from '../cms/signer.ts';

/** What a stored trust of every version holds: certificates (DER) and keys. */
export interface TestTrustBase {
  readonly root: Uint8Array;
  readonly issuing: Uint8Array;
  /** For certificates of single signers and for revocation lists. */
  readonly issuingKey: KeyObject;
  readonly seal: Uint8Array;
  readonly sealKey: KeyObject;
}

export interface CertifiedKey {
  readonly certificate: Uint8Array;
  readonly key: KeyObject;
}

export interface TestTrustServices {
  readonly tsa: CertifiedKey;
  /** Answers for what the issuing CA issued. */
  readonly ocsp: CertifiedKey;
}

/** An embedded TEST authority. */
export interface TestTrust extends TestTrustBase, TestTrustServices {
  /** Answers for the issuing CA. A trust of an earlier version has none: its root key was forgotten before there were responders. */
  readonly rootOcsp: CertifiedKey | undefined;
}

export type TestTrustFailureCode =
  /** The stored file is incomplete or was changed; the message names it. */
  | 'TEST_TRUST_UNREADABLE'
  /** The stored certificates are no longer, or not yet, valid. */
  | 'TEST_TRUST_EXPIRED'
  /** A signer without a name. */
  | 'SIGNER_NAME_MISSING';

export class TestTrustFailure extends Error {
  readonly code: TestTrustFailureCode;

  constructor(code: TestTrustFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TestTrustFailure';
    this.code = code;
  }
}

/** The platform's seal, ready for `signPdf`. */
export function sealSigner({ seal, sealKey, issuing, root }: TestTrustBase): Signer {
  return keySigner({ certificate: seal, chain: [issuing, root], privateKey: sealKey });
}

/** The root to import where the test signatures shall be trusted (`certutil -A -t CT,C,C`). */
export function rootPem({ root }: TestTrustBase): string {
  return certificatePem(root);
}

/** Everything, private keys included, as one PEM text: the certificates in a fixed order, then their keys in the same. */
export function toPem({ seal, issuing, root, sealKey, issuingKey, tsa, ocsp, rootOcsp }: TestTrust): string {
  const services = [tsa, ocsp, ...(rootOcsp ? [rootOcsp] : [])];
  const certificates = [seal, issuing, root, ...services.map(({ certificate }) => certificate)];
  return [...certificates.map(certificatePem), ...[sealKey, issuingKey, ...services.map(({ key }) => key)].map(keyPem)].join('');
}

/** The services alone: what a trust of an earlier version is completed by. */
export function servicesToPem({ tsa, ocsp }: TestTrustServices): string {
  return [...[tsa, ocsp].map(({ certificate }) => certificatePem(certificate)), ...[tsa, ocsp].map(({ key }) => keyPem(key))].join('');
}

/** Reads what {@link toPem} wrote, also of the version that had no services. @throws {TestTrustFailure} when parts are missing or mixed up. */
export function fromPem(pem: string): TestTrustBase | TestTrust {
  const { certificates, keys } = blocks(pem);
  const [seal, issuing, root, tsa, ocsp, rootOcsp] = certificates;
  const [sealKey, issuingKey, tsaKey, ocspKey, rootOcspKey] = keys;
  if (!seal || !issuing || !root || !sealKey || !issuingKey) throw unreadable();
  assertPair(seal, sealKey);
  assertPair(issuing, issuingKey);
  const base: TestTrustBase = { seal: seal.raw, issuing: issuing.raw, root: root.raw, sealKey, issuingKey };
  if (certificates.length === 3 && keys.length === 2) return base;
  if (certificates.length > 6 || keys.length !== certificates.length - 1) throw unreadable();
  return { ...base, tsa: pair(tsa, tsaKey, issuing), ocsp: pair(ocsp, ocspKey, issuing), rootOcsp: rootOcsp && pair(rootOcsp, rootOcspKey, root) };
}

/** Reads what {@link servicesToPem} wrote. */
export function servicesFromPem(pem: string, { issuing }: TestTrustBase): TestTrustServices {
  const { certificates: [tsa, ocsp], keys: [tsaKey, ocspKey] } = blocks(pem);
  const issuer = new X509Certificate(issuing);
  return { tsa: pair(tsa, tsaKey, issuer), ocsp: pair(ocsp, ocspKey, issuer) };
}

function blocks(pem: string): { certificates: X509Certificate[]; keys: KeyObject[] } {
  const found = pem.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g) ?? [];
  const isCertificate = (block: string): boolean => block.startsWith('-----BEGIN CERTIFICATE');
  try {
    return {
      certificates: found.filter(isCertificate).map((block) => new X509Certificate(block)),
      keys: found.filter((block) => !isCertificate(block)).map((block) => createPrivateKey(block)),
    };
  } catch (cause) {
    throw unreadable(cause);
  }
}

function pair(certificate: X509Certificate | undefined, key: KeyObject | undefined, issuer: X509Certificate): CertifiedKey {
  if (!certificate || !key || !certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) throw unreadable();
  assertPair(certificate, key);
  return { certificate: certificate.raw, key };
}

function assertPair(certificate: X509Certificate, key: KeyObject): void {
  if (!certificate.checkPrivateKey(key)) throw unreadable();
}

function unreadable(cause?: unknown): TestTrustFailure {
  return new TestTrustFailure('TEST_TRUST_UNREADABLE', 'The stored test trust is incomplete or was changed.', { cause });
}

function certificatePem(der: Uint8Array): string {
  return new X509Certificate(der).toString();
}

function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
