import { KeyObject, webcrypto } from 'node:crypto';
// The container inside @peculiar/x509 refuses to load without it.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { SignatureAlgorithm } from '../cms/signer.ts';
import type { TestTrust } from './test-trust.ts';

type KeyPair = webcrypto.CryptoKeyPair;

const KEY_ALGORITHM = {
  'ecdsa-p256-sha256': { name: 'ECDSA', namedCurve: 'P-256' },
  'rsa-sha256': { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
} as const;

const YEARS = { root: 20, issuing: 15, seal: 10 } as const;
/** Clocks of verifiers may be behind. */
const BACKDATED_MS = 24 * 60 * 60 * 1000;

interface Issuing {
  readonly subject: string;
  readonly issuer: string;
  readonly keys: KeyPair;
  readonly issuerKeys: KeyPair;
  readonly now: Date;
  readonly years: number;
  readonly extensions: x509.Extension[];
}

/**
 * Makes a certificate authority for tests and trials: root, issuing CA, and the certificate of the platform's seal.
 * Every subject says TEST. Nobody outside trusts the root; a signature under it proves nothing to a third party.
 */
export async function createTestTrust(options: { readonly now: Date; readonly algorithm?: SignatureAlgorithm }): Promise<TestTrust> {
  const { now, algorithm = 'ecdsa-p256-sha256' } = options;
  const [rootKeys, issuingKeys, sealKeys] = await Promise.all([newKeys(algorithm), newKeys(algorithm), newKeys(algorithm)]);
  const [root, issuing, seal] = [subject('Root CA'), subject('Issuing CA'), subject('Platform Seal')];
  const authority = async (depth: number, keys: KeyPair): Promise<x509.Extension[]> => [
    new x509.BasicConstraintsExtension(true, depth, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
  ];
  // Without extended key usages: NSS, which pdfsig asks, would otherwise want e-mail protection among them.
  const sealExtensions = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
    await x509.SubjectKeyIdentifierExtension.create(sealKeys.publicKey),
  ];
  const base = { now };
  const [rootCertificate, issuingCertificate, sealCertificate] = await Promise.all([
    issue({ ...base, subject: root, issuer: root, keys: rootKeys, issuerKeys: rootKeys, years: YEARS.root, extensions: await authority(1, rootKeys) }),
    issue({ ...base, subject: issuing, issuer: root, keys: issuingKeys, issuerKeys: rootKeys, years: YEARS.issuing, extensions: await authority(0, issuingKeys) }),
    issue({ ...base, subject: seal, issuer: issuing, keys: sealKeys, issuerKeys: issuingKeys, years: YEARS.seal, extensions: sealExtensions }),
  ]);
  // The root key is forgotten here on purpose: no second issuing CA can ever appear under this root.
  return {
    root: rootCertificate,
    issuing: issuingCertificate,
    issuingKey: KeyObject.from(issuingKeys.privateKey),
    seal: sealCertificate,
    sealKey: KeyObject.from(sealKeys.privateKey),
  };
}

function subject(role: string): string {
  return `CN=BuffrSign TEST ${role} (not for real use), O=BuffrSign TEST trust, C=NA`;
}

async function newKeys(algorithm: SignatureAlgorithm): Promise<KeyPair> {
  return (await webcrypto.subtle.generateKey(KEY_ALGORITHM[algorithm], true, ['sign', 'verify'])) as KeyPair;
}

async function issue({ subject: name, issuer, keys, issuerKeys, now, years, extensions }: Issuing): Promise<Buffer> {
  const notBefore = new Date(now.getTime() - BACKDATED_MS);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: name,
    issuer,
    notBefore,
    notAfter,
    publicKey: keys.publicKey,
    signingKey: issuerKeys.privateKey,
    extensions: [...extensions, await x509.AuthorityKeyIdentifierExtension.create(issuerKeys.publicKey)],
  });
  return Buffer.from(certificate.rawData);
}
