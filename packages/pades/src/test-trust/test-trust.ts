import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import { keySigner, type Signer } from '../cms/signer.ts';

/** The certificates (DER) and keys of an embedded TEST authority. */
export interface TestTrust {
  readonly root: Uint8Array;
  readonly issuing: Uint8Array;
  /** For certificates of single signers and for revocation data. */
  readonly issuingKey: KeyObject;
  readonly seal: Uint8Array;
  readonly sealKey: KeyObject;
}

export type TestTrustFailureCode =
  /** The stored file is incomplete or was changed; the message names it. */
  | 'TEST_TRUST_UNREADABLE'
  /** The stored certificates are no longer, or not yet, valid. */
  | 'TEST_TRUST_EXPIRED';

export class TestTrustFailure extends Error {
  readonly code: TestTrustFailureCode;

  constructor(code: TestTrustFailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TestTrustFailure';
    this.code = code;
  }
}

/** The platform's seal, ready for `signPdf`. */
export function sealSigner({ seal, sealKey, issuing, root }: TestTrust): Signer {
  return keySigner({ certificate: seal, chain: [issuing, root], privateKey: sealKey });
}

/** The root to import where the test signatures shall be trusted (`certutil -A -t CT,C,C`). */
export function rootPem({ root }: TestTrust): string {
  return certificatePem(root);
}

/** Everything, private keys included, as one PEM text. */
export function toPem({ seal, issuing, root, sealKey, issuingKey }: TestTrust): string {
  return [...[seal, issuing, root].map(certificatePem), ...[sealKey, issuingKey].map(keyPem)].join('');
}

/** Reads what {@link toPem} wrote. @throws {TestTrustFailure} when parts are missing or do not belong together. */
export function fromPem(pem: string): TestTrust {
  const blocks = pem.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g) ?? [];
  const [seal, issuing, root, sealKey, issuingKey, ...more] = blocks;
  if (!seal || !issuing || !root || !sealKey || !issuingKey || more.length > 0) throw unreadable();
  try {
    const certificates = [seal, issuing, root].map((block) => new X509Certificate(block));
    const keys = [sealKey, issuingKey].map((block) => createPrivateKey(block));
    if (!keys.every((key, index) => certificates[index]?.checkPrivateKey(key))) throw unreadable();
    const [first, second] = keys as [KeyObject, KeyObject];
    return { ...certificatesOf(certificates), sealKey: first, issuingKey: second };
  } catch (cause) {
    throw cause instanceof TestTrustFailure ? cause : unreadable(cause);
  }
}

function certificatesOf(certificates: readonly X509Certificate[]): Pick<TestTrust, 'seal' | 'issuing' | 'root'> {
  const [seal, issuing, root] = certificates.map(({ raw }) => raw) as [Buffer, Buffer, Buffer];
  return { seal, issuing, root };
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
