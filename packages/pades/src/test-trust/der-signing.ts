import { X509Certificate, createHash, sign, type KeyObject } from 'node:crypto';
import { childrenOf, readDer } from '../der/read.ts';
import { bitString, nullValue, oid, sequence } from '../der/write.ts';

/** Signs a to-be-signed structure as X.509 does: the structure, the algorithm, the value as bits; then what else belongs there. */
export function signedStructure(tbs: Buffer, key: KeyObject, ...more: readonly Buffer[]): Buffer {
  return sequence(tbs, signatureAlgorithm(key), bitString(sign('sha256', tbs, key)), ...more);
}

export function signatureAlgorithm(key: KeyObject): Buffer {
  if (key.asymmetricKeyType === 'rsa') return sequence(oid('1.2.840.113549.1.1.11'), nullValue());
  return sequence(oid('1.2.840.10045.4.3.2'));
}

/** The parts of a certificate that OCSP and revocation lists refer to it by. */
export interface CertificateParts {
  /** INTEGER. */
  readonly serial: Buffer;
  /** Name of the subject. */
  readonly subject: Buffer;
  readonly issuer: Buffer;
  /** SHA-1 of the bits of the public key: the key identifier of RFC 5280, 4.2.1.2 and RFC 6960, 4.1.1. */
  readonly keyHash: Buffer;
}

export function certificateParts(certificate: Uint8Array): CertificateParts {
  const [tbs] = childrenOf(readDer(Buffer.from(new X509Certificate(certificate).raw)));
  const all = tbs ? childrenOf(tbs) : [];
  const [serial, , issuer, , subject, keyInfo] = all[0]?.tag === 0xa0 ? all.slice(1) : all;
  const bits = keyInfo && childrenOf(keyInfo)[1]?.content.subarray(1);
  if (!serial || !issuer || !subject || !bits) throw new Error('The certificate lacks parts.');
  return { serial: serial.bytes, issuer: issuer.bytes, subject: subject.bytes, keyHash: sha1(bits) };
}

/** Names things here, and protects nothing. */
export function sha1(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest();
}
