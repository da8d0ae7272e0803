import { createHash } from 'node:crypto';
import { readSignedData, type SignedData } from '../cms/read.ts';
import { checkSigner, digestAlgorithmOf } from '../cms/read-signer.ts';
import { Fields, TAG, expectTag, numberOf, oidOf, timeOf } from '../der/fields.ts';
import { DerError, childrenOf, readDer } from '../der/read.ts';
import { attempt, failure, type Finding } from '../finding.ts';
import { Rejection, reading } from '../rejection.ts';
import { hashOf, type HashName } from '../x509/algorithms.ts';
import type { Certificate } from '../x509/certificate.ts';
import { displayName } from '../x509/names.ts';
import { assertUsage, findPath } from '../x509/path.ts';
import { CertificatePool } from '../x509/pool.ts';

const TST_INFO = '1.2.840.113549.1.9.16.1.4';
/** Clocks differ a little; a token from further ahead was not made yet. */
export const CLOCK_SKEW_MS = 5 * 60 * 1000;

/** What a time-stamp token says (RFC 3161, 2.4.2), not yet believed. */
export interface TimestampInfo {
  readonly cms: SignedData;
  readonly policy: string;
  readonly hash: HashName;
  readonly imprint: Buffer;
  /** Content octets of the serial number. */
  readonly serial: Buffer;
  readonly genTime: Date;
  /** Content octets of the INTEGER; undefined when the token repeats none. */
  readonly nonce: Buffer | undefined;
}

/** What is true of a time-stamp token. */
export interface TimestampReport {
  /** The imprint is the digest in question, and the token was signed by a certificate for time stamps. */
  readonly intact: boolean;
  /** Intact, and the certificate leads to a trusted root at the time of the token. */
  readonly trusted: boolean;
  readonly genTime: Date | null;
  /** Name of the authority, as its certificate has it. */
  readonly authority: string | null;
  readonly info: TimestampInfo | null;
  readonly certificate: Certificate | null;
  /** From the authority's certificate to the root; empty when it is not trusted. */
  readonly path: readonly Certificate[];
  readonly findings: readonly Finding[];
}

export interface TimestampTrust {
  /** Roots, DER. */
  readonly trust: readonly Uint8Array[] | CertificatePool;
  readonly now: Date;
  /** Further certificates to build the path from. */
  readonly pool?: CertificatePool;
}

/** Digest of the stamped bytes under the algorithm that the token chose; or that digest itself. */
export type StampedDigest = Uint8Array | ((hash: HashName) => Uint8Array);

/** Takes a token apart. @throws {Rejection} */
export function readTimestampToken(token: Uint8Array): TimestampInfo {
  const cms = readSignedData(token);
  if (cms.contentType !== TST_INFO || !cms.content) throw new Rejection('MALFORMED_TIMESTAMP', 'The token holds no time-stamp information.');
  const { content } = cms;
  return reading('MALFORMED_TIMESTAMP', 'The time-stamp information', () => ({ cms, ...readInfo(content) }));
}

function readInfo(content: Buffer): Omit<TimestampInfo, 'cms'> {
  const outer = readDer(content);
  if (outer.bytes.length !== content.length) throw new DerError('There are bytes after the time-stamp information.');
  const fields = Fields.of(outer);
  if (numberOf(fields.any()) !== 1) throw new DerError('The time-stamp information is of an unknown version.');
  const policy = oidOf(fields.any());
  const imprint = Fields.of(fields.any());
  const hash = hashOf(imprint.any());
  const serial = (octets: Fields): Buffer => octets.next(TAG.integer).content;
  const info = { policy, hash, imprint: imprint.next(TAG.octetString).content, serial: serial(fields), genTime: timeOf(fields.next(TAG.generalizedTime)) };
  // Accuracy and ordering stand between the time and the nonce.
  fields.optional(TAG.sequence);
  fields.optional(TAG.boolean);
  return { ...info, nonce: fields.optional(TAG.integer)?.content };
}

/**
 * Verifies an RFC 3161 token over something of which `digest` is the digest. Never throws for what is in the token:
 * the findings tell. The path is judged at the time of the token.
 */
export function verifyTimestampToken(token: Uint8Array, digest: StampedDigest, options: TimestampTrust): TimestampReport {
  const findings: Finding[] = [];
  const info = attempt(findings, () => readTimestampToken(token));
  const none = { intact: false, trusted: false, genTime: null, authority: null, info: null, certificate: null, path: [] };
  if (!info) return { ...none, findings };
  const pool = options.pool ?? new CertificatePool();
  const certificate = attempt(findings, () => checkToken(info, digest, pool));
  const described = { ...none, genTime: info.genTime, info, findings };
  if (!certificate) return described;
  const signed = { ...described, intact: true, authority: displayName(certificate.subject), certificate };
  if (info.genTime.getTime() > options.now.getTime() + CLOCK_SKEW_MS) {
    findings.push(failure('TIMESTAMP_IN_FUTURE', `The time stamp is from ${info.genTime.toISOString()}, which is still to come.`));
    return signed;
  }
  const path = attempt(findings, () => pathOf(certificate, info, pool, options));
  return path ? { ...signed, trusted: true, path } : signed;
}

function checkToken(info: TimestampInfo, digest: StampedDigest, pool: CertificatePool): Certificate {
  const wanted = typeof digest === 'function' ? digest(info.hash) : digest;
  if (!info.imprint.equals(wanted)) throw new Rejection('TIMESTAMP_IMPRINT_MISMATCH', 'The time stamp was made for something else.');
  const content = info.cms.content ?? Buffer.alloc(0);
  const { certificate, binding } = checkSigner(info.cms, createHash(digestAlgorithmOf(info.cms)).update(content).digest(), pool);
  // RFC 3161, 2.4.2 demands it: without it another certificate of the same key could take the place.
  if (!binding) throw new Rejection('SIGNER_CERTIFICATE_MISMATCH', 'The time stamp does not name the certificate of its authority.');
  assertUsage(certificate, 'timestamp');
  return certificate;
}

function pathOf(leaf: Certificate, { genTime }: TimestampInfo, pool: CertificatePool, { trust }: TimestampTrust): Certificate[] {
  const roots = trust instanceof CertificatePool ? trust : new CertificatePool(trust);
  return findPath({ leaf, pool, roots, at: genTime, purpose: 'timestamp' });
}

/** The token of a TimeStampResp (RFC 3161, 2.4.2). @throws {Rejection} unless the authority granted it. */
export function tokenOfResponse(response: Uint8Array): Buffer {
  return reading('MALFORMED_TIMESTAMP', 'The answer of the time-stamp authority', () => {
    const fields = Fields.of(readDer(Buffer.from(response)));
    const status = numberOf(childrenOf(fields.next(TAG.sequence))[0]);
    if (status > 1) throw new Rejection('MALFORMED_TIMESTAMP', `The time-stamp authority refused (status ${status}).`);
    return expectTag(fields.any(), TAG.sequence).bytes;
  });
}
