import { failure, type Finding } from '../finding.ts';
import { VERIFICATION_LIMITS } from '../limits.ts';
import { Budget } from '../pdf/budget.ts';
import { ReaderCache } from '../pdf/reader-cache.ts';
import { Revision } from '../pdf/revision.ts';
import { CertificatePool } from '../x509/pool.ts';
import { assertUnambiguous, countRevisions } from './ambiguity.ts';
import { coveredDigests } from './digests.ts';
import { readEvidence } from './evidence.ts';
import { readFieldTree } from './fields.ts';
import { changesSince, describe, findingsOf } from './describe.ts';
import { endOfRevisions, withLooseBytes } from './loose-end.ts';
import type { Level, SignatureReport, Verification } from './report.ts';
import { NO_RULES, certificationOf, tighten, type Rules } from './rules.ts';
import { checkOpened, openSignature, type OpenedSignature } from './signature-check.ts';
import { readSignatures, type SignatureValue } from './signature-value.ts';
import { readTimeline, type Timeline } from './timeline.ts';
import { assessSigner, checkDocumentTimestamp, type Protection, type TrustContext } from './trust.ts';

export interface VerifyPdfOptions {
  /** Roots that are trusted, DER; nothing else is. */
  readonly trust: readonly Uint8Array[];
  readonly now: Date;
  /** Roots trusted for time stamps; by default those of `trust`. */
  readonly timestampTrust?: readonly Uint8Array[];
}

/** A signature on its way to a report. */
interface Draft {
  readonly value: SignatureValue;
  readonly findings: Finding[];
  readonly rules: Rules;
  readonly isCertification: boolean;
  readonly opened: OpenedSignature | undefined;
}

/**
 * Says what is true of a PDF and its signatures: ours or anybody's. Asks nobody: what is not in the file is missing.
 * It refuses rather than repairs, and its cost is bounded (`src/limits.ts`).
 *
 * @throws {PdfRefusal} when the file cannot be read as a PDF.
 */
export function verifyPdf(pdf: Uint8Array, options: VerifyPdfOptions): Verification {
  const end = endOfRevisions(pdf);
  const verification = verifyRevisions(pdf.subarray(0, end), options);
  return end === pdf.length ? verification : withLooseBytes(verification, pdf.length - end);
}

function verifyRevisions(pdf: Uint8Array, options: VerifyPdfOptions): Verification {
  const document = new Revision(pdf, new ReaderCache(new Budget(VERIFICATION_LIMITS)));
  assertUnambiguous(document);
  const revisions = countRevisions(document);
  const values = readSignatures(document, readFieldTree(document)).sort((a, b) => endOf(a) - endOf(b));
  if (values.length === 0) return { verdict: 'UNSIGNED', level: null, signatures: [], findings: [], revisions };
  const timeline = readTimeline(document, values);
  const drafts = draftsOf(document, values, timeline);
  const signatures = checkAll(document, drafts, timeline, options);
  const isValid = signatures.every(({ intact, trusted, revocation, findings }) => intact && trusted && revocation !== 'REVOKED' && !findings.some(({ severity }) => severity === 'ERROR'));
  return { verdict: isValid ? 'VALID' : 'INVALID', level: lowestLevel(signatures), signatures, findings: [], revisions };
}

/** A signature of unknown extent comes last. */
function endOf({ coverage }: SignatureValue): number {
  return coverage?.end ?? Number.MAX_SAFE_INTEGER;
}

function draftsOf(document: Revision, values: readonly SignatureValue[], { revisions }: Timeline): Draft[] {
  let rules = NO_RULES;
  return values.map((value, i) => {
    const findings = [...value.findings];
    const revision = (value.coverage && revisions.get(value.coverage.end)) ?? document;
    const isCertification = !value.isDocTimestamp && certificationOf(revision, value) !== undefined;
    if (isCertification && i > 0) findings.push(failure('CERTIFICATION_NOT_FIRST', 'Only the first signature of a document can certify it; this one came later.'));
    if (!value.isDocTimestamp) rules = tighten(rules, revision, value);
    return { value, findings, rules, isCertification, opened: openSignature(value, findings) };
  });
}

function checkAll(document: Revision, drafts: readonly Draft[], timeline: Timeline, options: VerifyPdfOptions): SignatureReport[] {
  const roots = new CertificatePool(options.trust);
  const pool = new CertificatePool();
  const opened = drafts.flatMap((draft) => draft.opened ?? []);
  for (const { cms } of opened) for (const der of cms.certificates) pool.add(der);
  const { answers } = readEvidence(document, pool);
  const timestampRoots = options.timestampTrust ? new CertificatePool(options.timestampTrust) : roots;
  const context: TrustContext = { now: options.now, roots, timestampRoots, pool, answers };
  const digests = coveredDigests(document.bytes, opened);
  const protections: Protection[] = [];
  // Time stamps first: they say of which moment the others are judged.
  const stamps = new Map(drafts.filter(({ value }) => value.isDocTimestamp).map((draft) => [draft, stampReport(draft, context, digests, protections)]));
  return drafts.map((draft) => {
    const facts = stamps.get(draft) ?? signerReport(draft, context, digests, protections);
    const changes = changesSince(draft.value, draft.rules, timeline);
    const findings = [...draft.findings, ...findingsOf(changes)];
    return { ...describe(document, draft.value, draft.isCertification, facts.certificate), ...facts.report, changesSince: changes, findings };
  });
}

type Digests = ReadonlyMap<OpenedSignature, Buffer>;
type Facts = Pick<SignatureReport, 'algorithm' | 'level' | 'intact' | 'trusted' | 'revocation' | 'timestamp' | 'provenAt'>;

const NOTHING: Facts = { algorithm: '', level: null, intact: false, trusted: false, revocation: 'UNKNOWN', timestamp: null, provenAt: null };

interface ReportedFacts {
  readonly report: Facts;
  readonly certificate: Parameters<typeof describe>[3];
}

function stampReport({ opened, findings }: Draft, context: TrustContext, digests: Digests, protections: Protection[]): ReportedFacts {
  const digest = opened && digests.get(opened);
  if (!digest) return { report: NOTHING, certificate: null };
  const { intact, trusted, genTime, authority, certificate } = checkDocumentTimestamp(context, opened, digest, findings);
  if (trusted && genTime) protections.push({ end: opened.coverage.end, genTime });
  const timestamp = intact && genTime && authority ? { genTime, authority, trusted } : null;
  const algorithm = `RFC 3161 SHA-${opened.hash.slice(3)}`;
  return { report: { ...NOTHING, algorithm, intact, trusted, timestamp, provenAt: trusted ? genTime : null }, certificate };
}

function signerReport({ opened, findings }: Draft, context: TrustContext, digests: Digests, protections: readonly Protection[]): ReportedFacts {
  const digest = opened && digests.get(opened);
  const signer = digest && checkOpened(opened, digest, context.pool, findings);
  if (!signer) return { report: NOTHING, certificate: null };
  const assessment = assessSigner(context, opened, signer, protections, findings);
  return { report: { ...NOTHING, ...assessment, algorithm: signer.algorithm, intact: true }, certificate: signer.certificate };
}

const LEVELS: readonly (Level | null)[] = [null, 'B-B', 'B-T', 'B-LT', 'B-LTA'];

function lowestLevel(signatures: readonly SignatureReport[]): Level | null {
  const ranks = signatures.filter(({ kind }) => kind !== 'DOC_TIMESTAMP').map(({ level }) => LEVELS.indexOf(level));
  return ranks.length > 0 ? (LEVELS[Math.min(...ranks)] ?? null) : null;
}
