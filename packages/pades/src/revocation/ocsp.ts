import { createHash } from 'node:crypto';
import { Fields, TAG, bitsOf, inside, oidOf, timeOf } from '../der/fields.ts';
import { DerError, childrenOf, readDer, type DerElement } from '../der/read.ts';
import { Rejection, reading } from '../rejection.ts';
import { CLOCK_SKEW_MS } from '../tsp/token.ts';
import { checkSignature } from '../x509/algorithms.ts';
import { readExtensions, type Certificate } from '../x509/certificate.ts';
import { CertificatePool } from '../x509/pool.ts';
import type { RevocationAnswer, RevocationQuestion } from './answer.ts';

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
/** Digests that only name an issuer; nothing rests on their strength. */
const IDENTIFYING_HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

interface SingleResponse {
  readonly certificateId: DerElement;
  readonly answer: Omit<RevocationAnswer, 'producedAt'>;
}

/** An OCSPResponse (RFC 6960) taken apart and not yet believed. */
interface BasicResponse {
  readonly signed: Buffer;
  readonly responder: DerElement;
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly algorithm: DerElement;
  readonly signature: Buffer;
  readonly certificates: readonly Buffer[];
}

/**
 * Checks an OCSP answer: that it is about the certificate in question, and signed by its issuer or by a responder
 * whom that issuer made one.
 *
 * @throws {Rejection} that names what does not hold.
 */
export function checkOcsp(response: Uint8Array, question: RevocationQuestion): RevocationAnswer {
  return reading('MALFORMED_REVOCATION', 'The OCSP answer', () => check(read(Buffer.from(response.buffer, response.byteOffset, response.byteLength)), question));
}

function check(basic: BasicResponse, question: RevocationQuestion): RevocationAnswer {
  const matching = basic.responses.filter(({ certificateId }) => isAbout(certificateId, question));
  // Of several answers about one certificate the worst one counts.
  const single = matching.find(({ answer }) => answer.status !== 'GOOD') ?? matching[0];
  if (!single) throw new Rejection('REVOCATION_OTHER_CERTIFICATE', 'The OCSP answer is about another certificate.');
  const latest = question.now.getTime() + CLOCK_SKEW_MS;
  if (single.answer.thisUpdate.getTime() > latest || basic.producedAt.getTime() > latest) {
    throw new Rejection('REVOCATION_OUTDATED', 'The OCSP answer is dated later than now.');
  }
  const responder = authorisedResponder(basic, question);
  checkSignature({ algorithm: basic.algorithm, key: responder.publicKey, data: basic.signed, signature: basic.signature });
  return { ...single.answer, producedAt: basic.producedAt };
}

/** Certificates that an OCSP answer brings along; none when it cannot be read. */
export function certificatesInOcsp(response: Uint8Array): readonly Buffer[] {
  try {
    return read(Buffer.from(response)).certificates;
  } catch {
    return [];
  }
}

function read(bytes: Buffer): BasicResponse {
  const outer = readDer(bytes);
  if (outer.bytes.length !== bytes.length) throw new DerError('There are bytes after the OCSP answer.');
  const response = Fields.of(outer);
  if (response.next(TAG.enumerated).content[0] !== 0) throw new DerError('The responder did not answer.');
  const typed = Fields.of(inside(response.next(0xa0)));
  if (oidOf(typed.any()) !== BASIC_RESPONSE) throw new DerError('The OCSP answer is of an unknown kind.');
  const basic = Fields.of(readDer(typed.next(TAG.octetString).content));
  const signed = basic.next(TAG.sequence);
  const algorithm = basic.next(TAG.sequence);
  const signature = bitsOf(basic.any());
  const certificates = basic.optional(0xa0);
  return { ...readData(signed), algorithm, signature, certificates: certificates ? childrenOf(inside(certificates)).map(({ bytes: der }) => der) : [] };
}

function readData(signed: DerElement): Pick<BasicResponse, 'signed' | 'responder' | 'producedAt' | 'responses'> {
  const data = Fields.of(signed);
  data.optional(0xa0);
  const responder = data.any();
  const producedAt = timeOf(data.any());
  const responses = childrenOf(data.next(TAG.sequence)).map(readSingle);
  assertNothingCritical(data.optional(0xa1));
  return { signed: signed.bytes, responder, producedAt, responses };
}

function readSingle(element: DerElement): SingleResponse {
  const fields = Fields.of(element);
  const certificateId = fields.next(TAG.sequence);
  const status = fields.any();
  const thisUpdate = timeOf(fields.any());
  const next = fields.optional(0xa0);
  assertNothingCritical(fields.optional(0xa1));
  const revoked = status.tag === 0xa1;
  return {
    certificateId,
    answer: {
      status: revoked ? 'REVOKED' : status.tag === 0x80 ? 'GOOD' : 'UNKNOWN',
      revokedAt: revoked ? timeOf(childrenOf(status)[0]) : undefined,
      thisUpdate,
      nextUpdate: next && timeOf(inside(next)),
    },
  };
}

function assertNothingCritical(explicit: DerElement | undefined): void {
  const extensions = readExtensions(explicit && inside(explicit));
  if ([...extensions.values()].some(({ critical }) => critical)) throw new DerError('The OCSP answer has a critical extension.');
}

function isAbout(certificateId: DerElement, { certificate, issuer }: RevocationQuestion): boolean {
  const fields = Fields.of(certificateId);
  const hash = IDENTIFYING_HASHES[oidOf(childrenOf(fields.next(TAG.sequence))[0])];
  const [name, key] = [fields.next(TAG.octetString).content, fields.next(TAG.octetString).content];
  if (!hash || !fields.next(TAG.integer).content.equals(certificate.serial)) return false;
  const digest = (bytes: Buffer): Buffer => createHash(hash).update(bytes).digest();
  return name.equals(digest(issuer.subject)) && key.equals(digest(issuer.publicKeyBits));
}

/** RFC 6960, 4.2.2.2: the issuer itself, or whom it issued a certificate for exactly this. */
function authorisedResponder(basic: BasicResponse, { issuer, pool }: RevocationQuestion): Certificate {
  if (isResponder(issuer, basic.responder)) return issuer;
  const known = pool ?? new CertificatePool();
  for (const der of basic.certificates) known.add(der);
  const candidates = [...known].filter((certificate) => isResponder(certificate, basic.responder));
  for (const candidate of candidates) {
    if (!candidate.issuer.equals(issuer.subject) || !candidate.extendedKeyUsage?.includes(OCSP_SIGNING)) continue;
    if (!candidate.isValidAt(basic.producedAt)) continue;
    if (isSignedBy(candidate, issuer)) return candidate;
  }
  throw new Rejection('REVOCATION_NOT_AUTHORISED', 'The OCSP answer is signed by someone whom the issuer did not authorise.');
}

function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    certificate.assertSignedBy(issuer);
    return true;
  } catch (error) {
    if (error instanceof Rejection) return false;
    throw error;
  }
}

function isResponder(certificate: Certificate, responder: DerElement): boolean {
  if (responder.tag === 0xa1) return certificate.subject.equals(inside(responder).bytes);
  if (responder.tag !== 0xa2) return false;
  return inside(responder).content.equals(createHash('sha1').update(certificate.publicKeyBits).digest());
}
