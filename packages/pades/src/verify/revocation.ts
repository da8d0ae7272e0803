import type { RevocationAnswer } from '../revocation/answer.ts';
import { checkCrl } from '../revocation/crl.ts';
import { checkOcsp } from '../revocation/ocsp.ts';
import { Rejection } from '../rejection.ts';
import { EXTENSION, type Certificate } from '../x509/certificate.ts';
import type { CertificatePool } from '../x509/pool.ts';
import type { StoredAnswer } from './evidence.ts';

export interface RevocationStatus {
  readonly status: 'GOOD' | 'REVOKED' | 'UNKNOWN';
  readonly revokedAt: Date | undefined;
  /** The answer that says so. */
  readonly source: StoredAnswer | undefined;
  /** Why answers that were there did not count. */
  readonly rejections: readonly Rejection[];
}

export interface StatusQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** The moment at which the certificate was used. */
  readonly at: Date;
  /** False: `at` is only the time of checking, and whatever was revoked by now is revoked. */
  readonly proven: boolean;
  readonly now: Date;
  readonly answers: readonly StoredAnswer[];
  readonly pool: CertificatePool;
}

/** What the answers that a document brings along say about one certificate at one moment. */
export function statusOf(question: StatusQuestion): RevocationStatus {
  const rejections: Rejection[] = [];
  let good: StoredAnswer | undefined;
  for (const source of question.answers) {
    const answer = checked(source, question, rejections);
    if (!answer) continue;
    if (answer.status === 'REVOKED' && !(question.proven && answer.revokedAt && answer.revokedAt > question.at)) {
      return { status: 'REVOKED', revokedAt: answer.revokedAt, source, rejections };
    }
    if (answer.status !== 'UNKNOWN' && speaksOf(answer, question)) good ??= source;
    else if (answer.status === 'GOOD') rejections.push(new Rejection('REVOCATION_OUTDATED', 'An answer about revocation is too old to speak of the moment of signing.'));
  }
  return { status: good ? 'GOOD' : 'UNKNOWN', revokedAt: undefined, source: good, rejections };
}

/** What an answer says of a certificate does not depend on the signature for which it is asked. */
const known = new WeakMap<StoredAnswer, Map<Certificate, RevocationAnswer | Rejection>>();

function checked(source: StoredAnswer, question: StatusQuestion, rejections: Rejection[]): RevocationAnswer | undefined {
  const ofSource = known.get(source) ?? new Map<Certificate, RevocationAnswer | Rejection>();
  known.set(source, ofSource);
  const result = ofSource.get(question.certificate) ?? check(source, question);
  ofSource.set(question.certificate, result);
  if (!(result instanceof Rejection)) return result;
  // A store holds answers about many certificates.
  if (result.code !== 'REVOCATION_OTHER_CERTIFICATE') rejections.push(result);
  return undefined;
}

function check(source: StoredAnswer, question: StatusQuestion): RevocationAnswer | Rejection {
  try {
    return source.kind === 'OCSP' ? checkOcsp(source.der, question) : checkCrl(source.der, question);
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

/** Given after that moment, or still valid at it; and before the issuer may forget the certificate. */
function speaksOf({ thisUpdate, nextUpdate }: RevocationAnswer, { at, certificate }: StatusQuestion): boolean {
  return thisUpdate <= certificate.notAfter && (thisUpdate >= at || (nextUpdate !== undefined && nextUpdate >= at));
}

/** True when the certificate itself says that nobody needs to ask, or tells no place where one could. */
export function isExempt({ extensions }: Certificate): boolean {
  if (extensions.has(EXTENSION.ocspNoCheck)) return true;
  return !extensions.has(EXTENSION.authorityInformationAccess) && !extensions.has(EXTENSION.crlDistributionPoints);
}
