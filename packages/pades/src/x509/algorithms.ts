import { constants, verify, type KeyObject } from 'node:crypto';
import { Fields, inside, numberOf, oidOf } from '../der/fields.ts';
import type { DerElement } from '../der/read.ts';
import { Rejection } from '../rejection.ts';

export type HashName = 'sha256' | 'sha384' | 'sha512';

const HASHES: Readonly<Record<string, HashName>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Known to be weak: named in the refusal, so that nobody takes them for exotic. */
const WEAK: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '1.2.840.113549.2.5': 'MD5',
  '1.2.840.113549.2.2': 'MD2',
  '1.2.840.113549.1.1.2': 'MD2 with RSA',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.2.840.113549.1.1.5': 'SHA-1 with RSA',
  '1.3.14.3.2.29': 'SHA-1 with RSA',
  '1.2.840.10040.4.3': 'SHA-1 with DSA',
  '1.2.840.10045.4.1': 'SHA-1 with ECDSA',
};

interface Scheme {
  readonly kind: 'rsa' | 'pss' | 'ecdsa' | 'ed25519';
  /** Undefined: the identifier leaves it to the digest algorithm beside it (rsaEncryption). */
  readonly hash: HashName | undefined;
  readonly saltLength?: number;
}

const SCHEMES: Readonly<Record<string, Scheme>> = {
  '1.2.840.113549.1.1.1': { kind: 'rsa', hash: undefined },
  '1.2.840.113549.1.1.11': { kind: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', hash: 'sha512' },
  // RFC 8419, 3: over signed attributes whose digest is SHA-512.
  '1.3.101.112': { kind: 'ed25519', hash: 'sha512' },
};
const RSASSA_PSS = '1.2.840.113549.1.1.10';
const MGF1 = '1.2.840.113549.1.1.8';
const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

const RSA_BITS_MIN = 2048;

/** The digest an AlgorithmIdentifier names. @throws {Rejection} for weak and unknown ones. */
export function hashOf(identifier: DerElement): HashName {
  const oid = oidOf(Fields.of(identifier).any());
  return HASHES[oid] ?? refuse(oid);
}

/** The scheme an AlgorithmIdentifier names. @throws {Rejection} for weak and unknown ones. */
export function schemeOf(identifier: DerElement): Scheme {
  const fields = Fields.of(identifier);
  const oid = oidOf(fields.any());
  if (oid === RSASSA_PSS) return pss(fields.isDone ? undefined : fields.any());
  return SCHEMES[oid] ?? refuse(oid);
}

function refuse(oid: string): never {
  const weak = WEAK[oid];
  if (weak) throw new Rejection('WEAK_ALGORITHM', `${weak} can be forged and does not count.`);
  throw new Rejection('UNSUPPORTED_ALGORITHM', `The algorithm ${oid} is not supported.`);
}

/** RSASSA-PSS-params (RFC 4055, 3.1); its defaults are SHA-1, so leaving anything out is weak. */
function pss(parameters: DerElement | undefined): Scheme {
  const fields = parameters ? Fields.of(parameters) : undefined;
  const [hash, mask, salt] = [fields?.optional(0xa0), fields?.optional(0xa1), fields?.optional(0xa2)];
  if (!hash || !mask) throw new Rejection('WEAK_ALGORITHM', 'RSASSA-PSS with its default SHA-1 can be forged and does not count.');
  const maskFields = Fields.of(inside(mask));
  if (oidOf(maskFields.any()) !== MGF1) throw new Rejection('UNSUPPORTED_ALGORITHM', 'RSASSA-PSS with an unknown mask is not supported.');
  const name = hashOf(inside(hash));
  if (hashOf(maskFields.any()) !== name) throw new Rejection('UNSUPPORTED_ALGORITHM', 'RSASSA-PSS with two different digests is not supported.');
  return { kind: 'pss', hash: name, saltLength: salt ? numberOf(inside(salt)) : 20 };
}

export interface SignatureToCheck {
  readonly algorithm: DerElement;
  readonly key: KeyObject;
  readonly data: Buffer;
  readonly signature: Buffer;
  /** The digest algorithm that stands beside the signature; the two must agree. */
  readonly digest?: HashName;
}

/**
 * Verifies a signature and returns the name of its algorithm.
 *
 * @throws {Rejection} `SIGNATURE_INVALID`, or why the algorithm or the key does not count.
 */
export function checkSignature({ algorithm, key, data, signature, digest }: SignatureToCheck): string {
  const scheme = schemeOf(algorithm);
  if (scheme.hash && digest && scheme.hash !== digest) {
    throw new Rejection('ALGORITHMS_DISAGREE', 'Digest and signature algorithm disagree about the digest.');
  }
  const hash = scheme.hash ?? digest;
  if (!hash) throw new Rejection('UNSUPPORTED_ALGORITHM', 'The signature names no digest algorithm.');
  assertKey(key, scheme.kind);
  if (!verifies(scheme, hash, key, data, signature)) {
    throw new Rejection('SIGNATURE_INVALID', 'The signature value does not belong to these data and this certificate.');
  }
  return scheme.kind === 'ed25519' ? 'Ed25519' : `${keyName(key)}${scheme.kind === 'pss' ? ' PSS' : ''} SHA-${hash.slice(3)}`;
}

function verifies(scheme: Scheme, hash: HashName, key: KeyObject, data: Buffer, signature: Buffer): boolean {
  try {
    if (scheme.kind === 'ed25519') return verify(null, data, key, signature);
    if (scheme.kind !== 'pss') return verify(hash, data, key, signature);
    return verify(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength ?? 20 }, signature);
  } catch {
    // OpenSSL throws for values that are not even of the right form.
    return false;
  }
}

function assertKey(key: KeyObject, kind: Scheme['kind']): void {
  assertKeyIsStrong(key);
  const type = key.asymmetricKeyType;
  const fits = kind === 'ecdsa' ? type === 'ec' : kind === 'ed25519' ? type === 'ed25519' : type === 'rsa' || (kind === 'pss' && type === 'rsa-pss');
  if (!fits) throw new Rejection('ALGORITHMS_DISAGREE', 'The key of the certificate is of another kind than the signature.');
}

/** @throws {Rejection} for keys that are too short or of a kind that is not supported. */
export function assertKeyIsStrong(key: KeyObject): void {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const type = key.asymmetricKeyType;
  if (type === 'rsa' || type === 'rsa-pss') {
    if (modulusLength < RSA_BITS_MIN) throw new Rejection('WEAK_ALGORITHM', `An RSA key of ${modulusLength} bits can be broken and does not count.`);
  } else if (type === 'ec' ? !CURVES[namedCurve] : type !== 'ed25519') {
    throw new Rejection('UNSUPPORTED_ALGORITHM', `Keys of the kind ${type ?? 'unknown'} ${namedCurve} are not supported.`);
  }
}

function keyName(key: KeyObject): string {
  const { modulusLength, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  return modulusLength ? `RSA-${modulusLength}` : `ECDSA ${CURVES[namedCurve] ?? namedCurve}`;
}
