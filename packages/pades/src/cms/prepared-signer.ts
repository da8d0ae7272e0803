import { X509Certificate, createHash, type KeyObject } from 'node:crypto';
import { childrenOf, readDer } from '../der/read.ts';
import { context, octetString, sequence, setOf, sorted } from '../der/write.ts';
import { SigningFailure } from '../refusal.ts';
import { ALGORITHMS, type AlgorithmFacts } from './algorithms.ts';
import { ID_SIGNING_CERTIFICATE_V2 } from './identifiers.ts';
import { publicKeyOf, type Signer } from './signer.ts';

/** Everything about a signer that is the same in all its signatures, checked and encoded once. */
export interface PreparedSigner {
  readonly signer: Signer;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The attribute signing-certificate-v2. */
  readonly certificateAttribute: Buffer;
  /** IssuerAndSerialNumber. */
  readonly identifier: Buffer;
  /** [0] IMPLICIT CertificateSet: the certificate and its chain. */
  readonly certificates: Buffer;
  readonly algorithm: AlgorithmFacts;
  /** The longest signature value this key makes, in bytes. */
  readonly signatureLengthMax: number;
  /** True for a key of this process that is known to be the certificate's: its values need no verification. */
  readonly isKeyProven: boolean;
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
  const algorithm = ALGORITHMS[signer.algorithm];
  const signatureLengthMax = algorithm.lengthMax(certificate.publicKey);
  if (signatureLengthMax === undefined) {
    throw new SigningFailure('SIGNER_CERTIFICATE_UNUSABLE', `The key of the certificate cannot be used for ${signer.algorithm}.`);
  }
  return {
    signer,
    publicKey: certificate.publicKey,
    notBefore: certificate.validFromDate,
    notAfter: certificate.validToDate,
    certificateAttribute: certificateAttribute(certificate.raw),
    identifier: issuerAndSerialNumber(certificate.raw),
    certificates: context(0, ...sorted([certificate.raw, ...chain.map(({ raw }) => raw)])),
    algorithm,
    signatureLengthMax,
    isKeyProven: publicKeyOf(signer)?.equals(certificate.publicKey) ?? false,
  };
}

/** ESSCertIDv2 with its default algorithm SHA-256, which DER leaves out (RFC 5035, 4). */
function certificateAttribute(certificate: Buffer): Buffer {
  const certificateId = sequence(octetString(createHash('sha256').update(certificate).digest()));
  return sequence(ID_SIGNING_CERTIFICATE_V2, setOf(sequence(sequence(certificateId))));
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

/** Takes issuer and serial number as the certificate encodes them (RFC 5280, 4.1): re-encoding could differ. */
export function issuerAndSerialNumber(certificate: Buffer): Buffer {
  const [tbs] = childrenOf(readDer(certificate));
  const fields = tbs ? childrenOf(tbs) : [];
  const [serial, , issuer] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  if (!serial || !issuer) throw new SigningFailure('SIGNER_CERTIFICATE_UNUSABLE', 'The certificate has no issuer or serial number.');
  return sequence(issuer.bytes, serial.bytes);
}
