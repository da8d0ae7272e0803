import { constants, sign, verify, type KeyObject, type SigningOptions } from 'node:crypto';
import { context, nullValue, oid, sequence, smallInteger } from '../der/write.ts';

/**
 * RSA with PKCS #1 v1.5 or PSS padding (2048 to 8192 bits), ECDSA on P-256 and P-384, and Ed25519.
 * Of these, RSA (v1.5) and P-256 are what every PDF verifier takes.
 */
export type SignatureAlgorithm = 'rsa-sha256' | 'rsa-pss-sha256' | 'ecdsa-p256-sha256' | 'ecdsa-p384-sha384' | 'ed25519';
export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512';

/** How an algorithm appears in a CMS, and how node:crypto is asked for it. */
export interface AlgorithmFacts {
  /** Of the content, and of what is signed where the algorithm digests at all. */
  readonly digest: DigestAlgorithm;
  readonly digestIdentifier: Buffer;
  readonly signatureIdentifier: Buffer;
  /** The longest signature value `key` makes; undefined when the key does not fit the algorithm. */
  lengthMax(key: KeyObject): number | undefined;
  sign(key: KeyObject, tbs: Uint8Array): Buffer;
  verify(key: KeyObject, tbs: Uint8Array, signature: Uint8Array): boolean;
}

const DIGEST_OID = { sha256: '2.16.840.1.101.3.4.2.1', sha384: '2.16.840.1.101.3.4.2.2', sha512: '2.16.840.1.101.3.4.2.3' } as const;
/** Without parameters, as RFC 5754, 2 and RFC 8419, 3 want them to be written. */
const digestIdentifier = (digest: DigestAlgorithm): Buffer => sequence(oid(DIGEST_OID[digest]));

/** rsaEncryption is the identifier every CMS implementation must know (RFC 3370, 3.2). */
const RSA = sequence(oid('1.2.840.113549.1.1.1'), nullValue());
const ECDSA_SHA_256 = sequence(oid('1.2.840.10045.4.3.2'));
const ECDSA_SHA_384 = sequence(oid('1.2.840.10045.4.3.3'));
const ED25519 = sequence(oid('1.3.101.112'));

/** RSASSA-PSS with SHA-256, MGF1 over SHA-256 and a salt of 32 bytes (RFC 4055, 3.1): defaults would mean SHA-1. */
const PSS_SALT_BYTES = 32;
const SHA_256_IN_PSS = sequence(oid(DIGEST_OID.sha256), nullValue());
const RSA_PSS = sequence(
  oid('1.2.840.113549.1.1.10'),
  sequence(
    context(0, SHA_256_IN_PSS),
    context(1, sequence(oid('1.2.840.113549.1.1.8'), SHA_256_IN_PSS)),
    context(2, smallInteger(PSS_SALT_BYTES)),
  ),
);
const PSS_OPTIONS: SigningOptions = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: PSS_SALT_BYTES };

const rsaLength = (...types: readonly string[]) => (key: KeyObject): number | undefined => {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return types.includes(key.asymmetricKeyType ?? '') && bits >= 2048 && bits <= 8192 ? Math.ceil(bits / 8) : undefined;
};
/** SEQUENCE of two INTEGERs, each with one more byte when its first bit is set. */
const ecdsaLength = (curve: string, bytes: number) => (key: KeyObject): number | undefined =>
  key.asymmetricKeyDetails?.namedCurve === curve ? 2 * (bytes + 3) + 2 : undefined;

function facts(
  digest: DigestAlgorithm,
  signatureIdentifier: Buffer,
  lengthMax: AlgorithmFacts['lengthMax'],
  how: { readonly hash?: null; readonly options?: SigningOptions } = {},
): AlgorithmFacts {
  const hash = how.hash === null ? null : digest;
  const { options } = how;
  return {
    digest,
    digestIdentifier: digestIdentifier(digest),
    signatureIdentifier,
    lengthMax,
    sign: (key, tbs) => sign(hash, tbs, options ? { ...options, key } : key),
    verify: (key, tbs, signature) => verify(hash, tbs, options ? { ...options, key } : key, signature),
  };
}

export const ALGORITHMS: Readonly<Record<SignatureAlgorithm, AlgorithmFacts>> = {
  'rsa-sha256': facts('sha256', RSA, rsaLength('rsa')),
  'rsa-pss-sha256': facts('sha256', RSA_PSS, rsaLength('rsa', 'rsa-pss'), { options: PSS_OPTIONS }),
  'ecdsa-p256-sha256': facts('sha256', ECDSA_SHA_256, ecdsaLength('prime256v1', 32)),
  'ecdsa-p384-sha384': facts('sha384', ECDSA_SHA_384, ecdsaLength('secp384r1', 48)),
  // RFC 8419: the key signs the attributes themselves, and the content's digest is SHA-512.
  ed25519: facts('sha512', ED25519, (key) => (key.asymmetricKeyType === 'ed25519' ? 64 : undefined), { hash: null }),
};

/** The algorithm a key is used with when none is named. */
export function algorithmOf(key: KeyObject): SignatureAlgorithm | undefined {
  if (key.asymmetricKeyType === 'rsa') return 'rsa-sha256';
  return (Object.keys(ALGORITHMS) as SignatureAlgorithm[]).find((algorithm) => ALGORITHMS[algorithm].lengthMax(key) !== undefined);
}
