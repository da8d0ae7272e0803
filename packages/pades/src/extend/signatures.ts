import { createHash } from 'node:crypto';
import { readSignedData, type SignedData } from '../cms/read.ts';
import { ATTRIBUTE, checkSigner, digestAlgorithmOf, singleValue } from '../cms/read-signer.ts';
import { surveyForm } from '../pdf/form.ts';
import { integerOf, nameOf, type PdfDict } from '../pdf/objects.ts';
import type { Revision } from '../pdf/revision.ts';
import { bytesOf } from '../pdf/text-string.ts';
import { tooComplex } from '../refusal.ts';
import { Rejection } from '../rejection.ts';
import { verifyTimestampToken, type TimestampReport } from '../tsp/token.ts';
import type { Certificate } from '../x509/certificate.ts';
import { findPath } from '../x509/path.ts';
import type { CertificatePool } from '../x509/pool.ts';
import { ExtensionFailure } from './failure.ts';

/** A certificate and those above it, in use at a time that is proven. */
export interface UsedPath {
  /** From the certificate to the root. */
  readonly path: readonly Certificate[];
  readonly at: Date;
}

/** A signature, or a document time-stamp, that leads to a trusted root. */
export interface ProvenSignature {
  readonly fieldName: string;
  /** All of /Contents. */
  readonly contents: Buffer;
  readonly paths: readonly UsedPath[];
}

export interface SkippedSignature {
  readonly fieldName: string;
  readonly reason: string;
}

export interface TrustContext {
  readonly roots: CertificatePool;
  /** Takes up every certificate that the signatures bring along. */
  readonly pool: CertificatePool;
  readonly now: Date;
}

/** Each costs public-key operations. */
const SIGNATURES_MAX = 500;

interface Found {
  readonly fieldName: string;
  readonly isTimestamp: boolean;
  readonly contents: Buffer;
  /** End of the bytes that are covered: the order of signing. */
  readonly end: number;
  readonly ranges: readonly [Buffer, Buffer];
}

/** The signatures of a document in the order of signing, each checked; those of strangers are told apart. */
export function readSignatures(revision: Revision, context: TrustContext): { proven: ProvenSignature[]; skipped: SkippedSignature[] } {
  const found = findSignatures(revision);
  const stamps = new Map(found.filter(({ isTimestamp }) => isTimestamp).map((each) => [each, documentTimestamp(each, context)]));
  const proven: ProvenSignature[] = [];
  const skipped: SkippedSignature[] = [];
  for (const each of found) {
    try {
      // The first document time-stamp after a signature proves its time as well as one of its own does (EN 319 142-1, 6.3).
      const later = found.find((other) => other.end > each.end && stamps.get(other)?.trusted);
      const laterStamp = later && stamps.get(later)?.genTime;
      const own = stamps.get(each);
      proven.push({ fieldName: each.fieldName, contents: each.contents, paths: own ? [stampPath(own)] : signaturePaths(each, laterStamp ?? undefined, context) });
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      if (error.code === 'DIGEST_MISMATCH' || error.code === 'SIGNATURE_INVALID' || error.code === 'TIMESTAMP_IMPRINT_MISMATCH') {
        throw new ExtensionFailure('SIGNATURE_BROKEN', `The signature in the field "${each.fieldName}" is broken: ${error.message}`, { cause: error });
      }
      skipped.push({ fieldName: each.fieldName, reason: error.message });
    }
  }
  return { proven, skipped };
}

function findSignatures(revision: Revision): Found[] {
  const { fields } = surveyForm(revision);
  const found = fields.flatMap(({ type, value, qualifiedName }) => {
    if (type !== 'Sig' || value.type !== 'dict') return [];
    const read = readValue(revision, value);
    return read ? [{ fieldName: qualifiedName ?? '', ...read }] : [];
  });
  if (found.length > SIGNATURES_MAX) throw tooComplex('it has too many signatures');
  return found.sort((a, b) => a.end - b.end);
}

function readValue(revision: Revision, value: PdfDict): Omit<Found, 'fieldName'> | undefined {
  const numbers = revision.array(value.entries.get('ByteRange'), '/ByteRange').items.map((item) => integerOf(revision.resolve(item)) ?? -1);
  const [start = -1, length = -1, next = -1, rest = -1] = numbers;
  const contents = revision.resolve(value.entries.get('Contents'));
  if (numbers.length !== 4 || start !== 0 || length < 0 || next < length || rest < 0 || contents.type !== 'string') return undefined;
  return {
    isTimestamp: nameOf(revision.resolve(value.entries.get('SubFilter'))) === 'ETSI.RFC3161',
    contents: bytesOf(contents),
    end: next + rest,
    ranges: [revision.bytes.subarray(0, length), revision.bytes.subarray(next, next + rest)],
  };
}

function coveredDigest({ ranges }: Found, hash: string): Buffer {
  return createHash(hash).update(ranges[0]).update(ranges[1]).digest();
}

function documentTimestamp(found: Found, { roots, pool, now }: TrustContext): TimestampReport {
  return verifyTimestampToken(withoutPadding(found.contents), (hash) => coveredDigest(found, hash), { trust: roots, pool, now });
}

function withoutPadding(contents: Buffer): Buffer {
  try {
    return contents.subarray(0, readSignedData(contents).length);
  } catch (error) {
    if (error instanceof Rejection) return contents;
    throw error;
  }
}

function stampPath(report: TimestampReport): UsedPath {
  if (report.trusted && report.genTime) return { path: report.path, at: report.genTime };
  const finding = report.findings[0];
  const broken = finding?.code === 'TIMESTAMP_IMPRINT_MISMATCH' || finding?.code === 'SIGNATURE_INVALID' || finding?.code === 'DIGEST_MISMATCH';
  throw new Rejection(broken ? 'TIMESTAMP_IMPRINT_MISMATCH' : 'UNTRUSTED', finding?.message ?? 'The time stamp is not trusted.');
}

function signaturePaths(found: Found, laterStamp: Date | undefined, context: TrustContext): UsedPath[] {
  const { pool, roots, now } = context;
  const cms = readSignedData(found.contents);
  const { certificate } = checkSigner(cms, coveredDigest(found, digestAlgorithmOf(cms)), pool);
  const stamp = signatureTimestamp(cms, context);
  const own = stamp instanceof ExtensionFailure ? undefined : stamp;
  const at = own?.at ?? laterStamp;
  // A stranger's signature is passed over before it is asked for anything else.
  const path = findPath({ leaf: certificate, pool, roots, at: at ?? now, purpose: 'document' });
  if (stamp instanceof ExtensionFailure) throw stamp;
  if (!at) throw new ExtensionFailure('NOT_TIMESTAMPED', `The signature in the field "${found.fieldName}" has no time-stamp, and nothing after it either.`);
  return [{ path, at }, ...(own ? [own] : [])];
}

function signatureTimestamp(cms: SignedData, { roots, pool, now }: TrustContext): UsedPath | ExtensionFailure | undefined {
  const token = singleValue(cms.signer.unsignedAttributes, ATTRIBUTE.signatureTimestamp);
  if (!token) return undefined;
  const report = verifyTimestampToken(token.bytes, (hash) => createHash(hash).update(cms.signer.signature).digest(), { trust: roots, pool, now });
  if (report.trusted && report.genTime) return { path: report.path, at: report.genTime };
  return new ExtensionFailure('TIMESTAMP_UNTRUSTED', `A time-stamp in the document cannot be used: ${report.findings[0]?.message ?? 'it is not trusted.'}`);
}
