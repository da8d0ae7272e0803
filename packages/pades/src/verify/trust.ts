import { createHash } from 'node:crypto';
import { ATTRIBUTE, type CheckedSigner } from '../cms/read-signer.ts';
import { attempt, failure, warning, type Finding } from '../finding.ts';
import { verifyTimestampToken, type TimestampReport } from '../tsp/token.ts';
import type { Certificate } from '../x509/certificate.ts';
import { displayName } from '../x509/names.ts';
import { findPath } from '../x509/path.ts';
import type { CertificatePool } from '../x509/pool.ts';
import { answersIn, type StoredAnswer } from './evidence.ts';
import { isExempt, statusOf } from './revocation.ts';
import type { Level, SignatureReport } from './report.ts';
import { baselineObstacle, type OpenedSignature } from './signature-check.ts';

/** What trust rests on; the same for all signatures of a document. */
export interface TrustContext {
  readonly now: Date;
  readonly roots: CertificatePool;
  readonly timestampRoots: CertificatePool;
  /** Every certificate that the document brings along. */
  readonly pool: CertificatePool;
  readonly answers: readonly StoredAnswer[];
}

/** A document time stamp that counts, and what it protects: the file up to `end`. */
export interface Protection {
  readonly end: number;
  readonly genTime: Date;
}

/** A path whose certificates were looked up in the answers that the document brings along. */
interface CheckedPath {
  readonly leaf: 'GOOD' | 'REVOKED' | 'UNKNOWN';
  readonly isRevoked: boolean;
  /** Nothing is missing to tell that no certificate of the path was revoked. */
  readonly isComplete: boolean;
  readonly sources: readonly StoredAnswer[];
}

export function checkDocumentTimestamp(context: TrustContext, { cms, value }: OpenedSignature, digest: Buffer, findings: Finding[]): TimestampReport {
  const report = verifyTimestampToken(value.contents, digest, { trust: context.timestampRoots, now: context.now, pool: context.pool });
  findings.push(...report.findings);
  if (!report.trusted || !report.genTime) return report;
  const { isRevoked } = checkPath(context, report.path, report.genTime, false, answersIn(cms), findings);
  return { ...report, trusted: !isRevoked };
}

type Assessment = Pick<SignatureReport, 'trusted' | 'revocation' | 'level' | 'provenAt' | 'timestamp'>;

/** Whether the signer is trusted at the best time that can be proven, and what level that makes. */
export function assessSigner(
  context: TrustContext,
  opened: OpenedSignature,
  signer: CheckedSigner,
  protections: readonly Protection[],
  findings: Finding[],
): Assessment {
  const own = checkSignatureTimestamps(context, opened, findings);
  const later = protections.filter(({ end }) => end > opened.coverage.end);
  const times = [...(own.trusted?.genTime ? [own.trusted.genTime] : []), ...later.map(({ genTime }) => genTime)];
  const provenAt = times.length > 0 ? new Date(Math.min(...times.map(Number))) : null;
  if (!provenAt) findings.push(warning('TIME_NOT_PROVEN', 'No trusted time stamp proves when this was signed; the certificate is judged as of now.'));
  const at = provenAt ?? context.now;
  const path = attempt(findings, () => findPath({ leaf: signer.certificate, pool: context.pool, roots: context.roots, at, purpose: 'document' }));
  const checked = path && checkPath(context, path, at, provenAt !== null, answersIn(opened.cms), findings);
  if (checked?.leaf === 'UNKNOWN') {
    findings.push(warning('REVOCATION_UNKNOWN', 'The document brings no answer along that tells whether the certificate of the signer was revoked.'));
  }
  const obstacle = baselineObstacle(opened, signer);
  if (obstacle) findings.push(warning('NOT_BASELINE', `The signature is no PAdES baseline signature: ${obstacle}.`));
  const trusted = checked !== undefined && !checked.isRevoked;
  const revocation = checked?.leaf ?? 'UNKNOWN';
  const complete = checked?.isComplete === true && own.isComplete;
  const sources = [...(checked?.sources ?? []), ...own.sources];
  const level = obstacle ? null : levelOf({ provenAt, complete: trusted && complete, sources, later });
  return { trusted, revocation, level, provenAt, timestamp: own.described };
}

interface LevelFacts {
  readonly provenAt: Date | null;
  readonly complete: boolean;
  readonly sources: readonly StoredAnswer[];
  readonly later: readonly Protection[];
}

function levelOf({ provenAt, complete, sources, later }: LevelFacts): Level {
  if (!provenAt) return 'B-B';
  if (!complete) return 'B-T';
  // For long: a time stamp that also covers the evidence.
  return later.some(({ end }) => sources.every(({ offset = 0 }) => offset < end)) ? 'B-LTA' : 'B-LT';
}

interface OwnTimestamps {
  readonly trusted: TimestampReport | undefined;
  readonly described: SignatureReport['timestamp'];
  readonly isComplete: boolean;
  readonly sources: readonly StoredAnswer[];
}

/** The time stamps over the signature value, which the CMS carries unsigned. */
function checkSignatureTimestamps(context: TrustContext, { cms }: OpenedSignature, findings: Finding[]): OwnTimestamps {
  const tokens = cms.signer.unsignedAttributes.get(ATTRIBUTE.signatureTimestamp) ?? [];
  let result: OwnTimestamps = { trusted: undefined, described: null, isComplete: true, sources: [] };
  for (const { bytes } of tokens.slice(0, TOKENS_MAX)) {
    const stamped = (hash: string): Buffer => createHash(hash).update(cms.signer.signature).digest();
    const report = verifyTimestampToken(bytes, stamped, { trust: context.timestampRoots, now: context.now, pool: context.pool });
    for (const finding of report.findings) findings.push(report.intact ? softened(finding) : finding);
    const { genTime, authority, info } = report;
    if (!genTime || !authority || !info) continue;
    const path = report.trusted ? checkPath(context, report.path, genTime, false, answersIn(info.cms), findings) : undefined;
    const trusted = path !== undefined && !path.isRevoked;
    const described = { genTime, authority, trusted };
    if (!result.described || (trusted && !result.trusted)) {
      result = { trusted: trusted ? report : undefined, described, isComplete: path?.isComplete ?? true, sources: path?.sources ?? [] };
    }
  }
  return result;
}

/** A signature carries one time stamp, seldom two. */
const TOKENS_MAX = 8;

/** A sound time stamp by someone unknown proves no time, but takes nothing away from the signature either. */
function softened({ code, message }: Finding): Finding {
  return code === 'TIMESTAMP_IN_FUTURE' ? failure(code, message) : warning('TIMESTAMP_UNTRUSTED', `The time stamp proves nothing: ${message}`);
}

function checkPath(
  context: TrustContext,
  path: readonly Certificate[],
  at: Date,
  proven: boolean,
  ownAnswers: readonly StoredAnswer[],
  findings: Finding[],
): CheckedPath {
  const answers = [...ownAnswers, ...context.answers];
  const sources: StoredAnswer[] = [];
  const statuses = path.slice(0, -1).map((certificate, i) => {
    const issuer = path[i + 1] ?? certificate;
    const status = statusOf({ ...context, certificate, issuer, at, proven, answers });
    if (status.source) sources.push(status.source);
    if (status.status === 'REVOKED') {
      const since = status.revokedAt ? ` on ${status.revokedAt.toISOString()}` : '';
      findings.push(failure('CERTIFICATE_REVOKED', `The certificate “${displayName(certificate.subject)}” was revoked${since}.`));
    }
    for (const { code, message } of status.rejections) if (!findings.some((known) => known.code === code)) findings.push(warning(code, message));
    return { status: status.status, isExempt: i > 0 && isExempt(certificate) };
  });
  return {
    leaf: statuses[0]?.status ?? 'UNKNOWN',
    isRevoked: statuses.some(({ status }) => status === 'REVOKED'),
    isComplete: statuses.length > 0 && statuses.every(({ status, isExempt: exempt }) => status === 'GOOD' || exempt),
    sources,
  };
}
