import { Rejection, type RejectionCode } from '../rejection.ts';
import { assertKeyIsStrong } from './algorithms.ts';
import { EXTENSION, KEY_USAGE, type Certificate } from './certificate.ts';
import { displayName } from './names.ts';
import type { CertificatePool } from './pool.ts';

/** What the first certificate of a path is used for. */
export type Purpose = 'document' | 'timestamp';

export interface PathQuestion {
  /** The certificate in question: always the first of the path that is returned. */
  readonly leaf: Certificate;
  readonly pool: CertificatePool;
  /** Trusted as they are, byte for byte. */
  readonly roots: CertificatePool;
  readonly at: Date;
  readonly purpose: Purpose;
}

const LENGTH_MAX = 10;
/** Certificates tried as issuers for one path: cross-signed pools could otherwise cost exponential time. */
const TRIES_MAX = 200;

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const ANY_USAGE = '2.5.29.37.0';
/** Usages under which people sign documents: e-mail, document signing (RFC 9336), and the vendors' own. */
const DOCUMENT_USAGES = ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36', '1.3.6.1.4.1.311.10.3.12', '1.2.840.113583.1.1.5', ANY_USAGE];

/** Extensions that are honoured here, or that say nothing about whether a path counts. */
const UNDERSTOOD: ReadonlySet<string> = new Set(Object.values(EXTENSION));

/**
 * A path from `leaf` to a root, leaf first (RFC 5280, 6.1 without policies).
 *
 * @throws {Rejection} that tells what stood in the way of the path that came furthest.
 */
export function findPath(question: PathQuestion): Certificate[] {
  assertLeaf(question);
  const search: Search = { question, tries: 0, obstacle: undefined, obstacleDepth: 0 };
  const path = extend(search, [question.leaf]);
  if (path) return path;
  throw search.obstacle ?? untrusted(question.leaf);
}

interface Search {
  readonly question: PathQuestion;
  tries: number;
  obstacle: Rejection | undefined;
  obstacleDepth: number;
}

function extend(search: Search, path: readonly Certificate[]): Certificate[] | undefined {
  const { roots, pool } = search.question;
  const last = path.at(-1);
  if (!last) return undefined;
  if (roots.has(last)) return [...path];
  if (path.length >= LENGTH_MAX) return undefined;
  const known = roots.withSubject(last.issuer);
  const candidates = [...known, ...pool.withSubject(last.issuer).filter((candidate) => !roots.has(candidate))];
  for (const issuer of candidates) {
    if (path.some((other) => other.equals(issuer))) continue;
    if (++search.tries > TRIES_MAX) return undefined;
    const found = isObstacle(search, path, issuer) ? undefined : extend(search, [...path, issuer]);
    if (found) return found;
  }
  return undefined;
}

function isObstacle(search: Search, path: readonly Certificate[], issuer: Certificate): boolean {
  try {
    assertIssuer(search.question, path, issuer);
    return false;
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    // Of the same name and another key: no issuer of this certificate at all.
    if (error.code === 'CERTIFICATE_SIGNATURE_INVALID') return true;
    // The obstacle nearest to a root tells most; of several there, the first one does.
    const depth = path.length + (search.question.roots.has(issuer) ? LENGTH_MAX : 0);
    if (depth > search.obstacleDepth) [search.obstacle, search.obstacleDepth] = [error, depth];
    return true;
  }
}

function assertIssuer({ at, purpose }: PathQuestion, path: readonly Certificate[], issuer: Certificate): void {
  const subject = path.at(-1);
  if (!subject) return;
  assertValidAt(issuer, at);
  if (!issuer.isCa) throw rejection('ISSUER_NOT_CA', issuer, 'issued a certificate but is no certificate authority');
  if (issuer.keyUsage !== undefined && (issuer.keyUsage & KEY_USAGE.keyCertSign) === 0) {
    throw rejection('KEY_USAGE_WRONG', issuer, 'issued a certificate but its key must not be used for that');
  }
  const below = path.slice(1).filter((certificate) => !certificate.isSelfIssued).length;
  if (issuer.pathLength !== undefined && below > issuer.pathLength) {
    throw rejection('PATH_TOO_LONG', issuer, `permits ${issuer.pathLength} certificate authorities below it, not ${below}`);
  }
  if (issuer.extensions.has(EXTENSION.nameConstraints)) {
    throw rejection('NAME_CONSTRAINTS_UNSUPPORTED', issuer, 'has name constraints, which are not evaluated here');
  }
  if (issuer.extendedKeyUsage && !permits(issuer.extendedKeyUsage, purpose)) {
    throw rejection('KEY_USAGE_WRONG', issuer, 'must not issue certificates for this use');
  }
  assertUnderstood(issuer);
  assertKeyIsStrong(issuer.publicKey);
  subject.assertSignedBy(issuer);
}

function assertLeaf({ leaf, at, purpose }: PathQuestion): void {
  assertUsage(leaf, purpose);
  assertValidAt(leaf, at);
  assertUnderstood(leaf);
  assertKeyIsStrong(leaf.publicKey);
}

/** @throws {Rejection} `KEY_USAGE_WRONG` unless the certificate may sign documents, or time stamps. */
export function assertUsage(leaf: Certificate, purpose: Purpose): void {
  if (leaf.keyUsage !== undefined && (leaf.keyUsage & (KEY_USAGE.digitalSignature | KEY_USAGE.nonRepudiation)) === 0) {
    throw rejection('KEY_USAGE_WRONG', leaf, 'must not be used for signatures');
  }
  if (purpose === 'document') {
    if (leaf.extendedKeyUsage && !permits(leaf.extendedKeyUsage, purpose)) throw rejection('KEY_USAGE_WRONG', leaf, 'must not be used to sign documents');
    return;
  }
  // RFC 3161, 2.3: exactly this usage, and critical.
  const only = leaf.extendedKeyUsage?.length === 1 && leaf.extendedKeyUsage[0] === TIME_STAMPING;
  if (!only || !leaf.extensions.get(EXTENSION.extendedKeyUsage)?.critical) throw rejection('KEY_USAGE_WRONG', leaf, 'is not a certificate for time stamps');
}

function permits(usages: readonly string[], purpose: Purpose): boolean {
  const wanted = purpose === 'document' ? DOCUMENT_USAGES : [TIME_STAMPING, ANY_USAGE];
  return usages.some((usage) => wanted.includes(usage));
}

function assertValidAt(certificate: Certificate, at: Date): void {
  if (at > certificate.notAfter) throw rejection('CERTIFICATE_EXPIRED', certificate, `had expired (${certificate.notAfter.toISOString()}) by ${at.toISOString()}`);
  if (at < certificate.notBefore) {
    throw rejection('CERTIFICATE_NOT_YET_VALID', certificate, `was not yet valid (from ${certificate.notBefore.toISOString()}) on ${at.toISOString()}`);
  }
}

function assertUnderstood(certificate: Certificate): void {
  const unknown = [...certificate.extensions].find(([oid, { critical }]) => critical && !UNDERSTOOD.has(oid));
  if (unknown) throw rejection('CRITICAL_EXTENSION_UNKNOWN', certificate, `has the critical extension ${unknown[0]}, which is not understood here`);
}

function untrusted(leaf: Certificate): Rejection {
  return new Rejection('UNTRUSTED', `No certificate that you trust stands behind “${displayName(leaf.subject)}” (issued by “${displayName(leaf.issuer)}”).`);
}

function rejection(code: RejectionCode, { subject }: Certificate, what: string): Rejection {
  return new Rejection(code, `The certificate “${displayName(subject)}” ${what}.`);
}
