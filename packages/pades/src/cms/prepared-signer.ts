import { X509Certificate, createHash, type KeyObject } from 'node:crypto';
import { childrenOf, readDer } from '../der/read.ts';
import { context, sequence, sorted } from '../der/write.ts';
import { SigningFailure } from '../refusal.ts';
import { ECDSA_WITH_SHA_256, RSA } from './identifiers.ts';
import type { Signer } from './signer.ts';

/** Everything about a signer that is the same in all its signatures, checked and encoded once. */
export interface PreparedSigner {
  readonly signer: Signer;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly certificateDigest: Buffer;
  /** IssuerAndSerialNumber. */
  readonly identifier: Buffer;
  /** [0] IMPLICIT CertificateSet: the certificate and its chain. */
  readonly certificates: Buffer;
  readonly algorithmIdentifier: Buffer;
  /** The longest signature value this key makes, in bytes. */
  readonly signatureLengthMax: number;
}

const prepared = new WeakMap<Signer, PreparedSigner>();

/** @throws {SigningFailure} when certificate, chain and algorithm do not fit together. */
export function prepareSigner(signer: Signer): PreparedSigner {
  const known = prepared.get(signer);
  if (known) return known;
  const result = prepare(signer);
  prepared.set(signer, result);
  return result;
}

function prepare(signer: Signer): PreparedSigner {
  const certificate = parse(signer.certificate);
  const chain = signer.chain.map(parse);
  assertChain([certificate, ...chain]);
  const key = keyFacts(certificate.publicKey, signer);
  return {
    signer,
    publicKey: certificate.publicKey,
    notBefore: certificate.validFromDate,
    notAfter: certificate.validToDate,
    certificateDigest: createHash('sha256').update(certificate.raw).digest(),
    identifier: issuerAndSerialNumber(certificate.raw),
    certificates: context(0, ...sorted([certificate.raw, ...chain.map(({ raw }) => raw)])),
    ...key,
  };
}

function parse(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch (cause) {
    throw new SigningFailure('SIGNER_CERTIFICATE_UNUSABLE', 'A certificate of the signer is not a DER X.509 certificate.', { cause });
  }
}

function assertChain(path: readonly X509Certificate[]): void {
  path.slice(1).forEach((issuer, index) => {
    const subject = path[index];
    if (!subject?.checkIssued(issuer) || !subject.verify(issuer.publicKey)) {
      throw new SigningFailure('SIGNER_CHAIN_BROKEN', `Certificate ${index + 1} of the chain did not issue the one before it.`);
    }
  });
}

function keyFacts(key: KeyObject, { algorithm }: Signer): Pick<PreparedSigner, 'algorithmIdentifier' | 'signatureLengthMax'> {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (algorithm === 'rsa-sha256' && key.asymmetricKeyType === 'rsa' && modulusLength >= 2048) {
    return { algorithmIdentifier: RSA, signatureLengthMax: Math.ceil(modulusLength / 8) };
  }
  // SEQUENCE of two INTEGERs of at most 33 bytes each.
  if (algorithm === 'ecdsa-p256-sha256' && namedCurve === 'prime256v1') {
    return { algorithmIdentifier: ECDSA_WITH_SHA_256, signatureLengthMax: 72 };
  }
  throw new SigningFailure('SIGNER_CERTIFICATE_UNUSABLE', `The key of the certificate cannot be used for ${algorithm}.`);
}

/** Takes issuer and serial number as the certificate encodes them (RFC 5280, 4.1): re-encoding could differ. */
function issuerAndSerialNumber(certificate: Buffer): Buffer {
  const [tbs] = childrenOf(readDer(certificate));
  const fields = tbs ? childrenOf(tbs) : [];
  const [serial, , issuer] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  if (!serial || !issuer) throw new SigningFailure('SIGNER_CERTIFICATE_UNUSABLE', 'The certificate has no issuer or serial number.');
  return sequence(issuer.bytes, serial.bytes);
}
