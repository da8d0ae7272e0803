import { Fields, TAG, bitsOf, timeOf } from '../der/fields.ts';
import { DerError, readDer, type DerElement } from '../der/read.ts';
import { Rejection, reading } from '../rejection.ts';
import { CLOCK_SKEW_MS } from '../tsp/token.ts';
import { checkSignature } from '../x509/algorithms.ts';
import { KEY_USAGE, readExtensions, type Certificate, type Extension } from '../x509/certificate.ts';
import type { RevocationAnswer, RevocationQuestion } from './answer.ts';

const ISSUING_DISTRIBUTION_POINT = '2.5.29.28';
const REASON_CODE = '2.5.29.21';
const INVALIDITY_DATE = '2.5.29.24';
const CRL_NUMBER = '2.5.29.20';
const AUTHORITY_KEY = '2.5.29.35';

/** A CertificateList (RFC 5280, 5) taken apart and not yet believed. */
interface CertificateList {
  readonly signed: Buffer;
  readonly issuer: Buffer;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly entries: DerElement | undefined;
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly algorithm: DerElement;
  readonly signature: Buffer;
}

/**
 * Checks a certificate revocation list of the issuer of the certificate in question, and looks that one up.
 *
 * @throws {Rejection} that names what does not hold.
 */
export function checkCrl(crl: Uint8Array, question: RevocationQuestion): RevocationAnswer {
  return reading('MALFORMED_REVOCATION', 'The revocation list', () => check(read(Buffer.from(crl.buffer, crl.byteOffset, crl.byteLength)), question));
}

function check(list: CertificateList, { certificate, issuer, now }: RevocationQuestion): RevocationAnswer {
  if (!list.issuer.equals(issuer.subject) || !certificate.issuer.equals(issuer.subject)) {
    throw new Rejection('REVOCATION_OTHER_CERTIFICATE', 'The revocation list is of another issuer.');
  }
  if (issuer.keyUsage !== undefined && (issuer.keyUsage & KEY_USAGE.cRLSign) === 0) {
    throw new Rejection('REVOCATION_NOT_AUTHORISED', 'The issuer must not sign revocation lists.');
  }
  if (list.thisUpdate.getTime() > now.getTime() + CLOCK_SKEW_MS) {
    throw new Rejection('REVOCATION_OUTDATED', 'The revocation list is dated later than now.');
  }
  assertScope(list.extensions, certificate);
  checkSignature({ algorithm: list.algorithm, key: issuer.publicKey, data: list.signed, signature: list.signature });
  const revokedAt = list.entries && revocationOf(list.entries, certificate.serial);
  const { thisUpdate, nextUpdate } = list;
  return { status: revokedAt ? 'REVOKED' : 'GOOD', revokedAt, thisUpdate, nextUpdate, producedAt: thisUpdate };
}

function read(bytes: Buffer): CertificateList {
  const outer = readDer(bytes);
  if (outer.bytes.length !== bytes.length) throw new DerError('There are bytes after the revocation list.');
  const parts = Fields.of(outer);
  const signed = parts.next(TAG.sequence);
  const algorithm = parts.next(TAG.sequence);
  const signature = bitsOf(parts.any());
  const fields = Fields.of(signed);
  fields.optional(TAG.integer);
  if (!fields.next(TAG.sequence).bytes.equals(algorithm.bytes)) throw new DerError('The revocation list names two signature algorithms.');
  const issuer = fields.next(TAG.sequence).bytes;
  const thisUpdate = timeOf(fields.any());
  const next = fields.optional(TAG.utcTime) ?? fields.optional(TAG.generalizedTime);
  const entries = fields.optional(TAG.sequence);
  const explicit = fields.optional(0xa0);
  fields.end();
  return {
    signed: signed.bytes,
    issuer,
    thisUpdate,
    nextUpdate: next && timeOf(next),
    entries,
    extensions: readExtensions(explicit && readDer(explicit.content)),
    algorithm,
    signature,
  };
}

/** A list for some kinds of certificates, reasons or issuers only says nothing about the others. */
function assertScope(extensions: ReadonlyMap<string, Extension>, certificate: Certificate): void {
  for (const [oid, { critical, value }] of extensions) {
    if (oid === ISSUING_DISTRIBUTION_POINT) assertPoint(value, certificate);
    else if (critical && oid !== CRL_NUMBER && oid !== AUTHORITY_KEY) throw new DerError('The revocation list has a critical extension.');
  }
}

function assertPoint(value: Buffer, certificate: Certificate): void {
  const fields = Fields.of(readDer(value));
  fields.optional(0xa0);
  const isTrue = (tag: number): boolean => fields.optional(tag)?.content[0] === 0xff;
  const [onlyUsers, onlyAuthorities] = [isTrue(0x81), isTrue(0x82)];
  if (!fields.isDone || (onlyUsers && certificate.isCa) || (onlyAuthorities && !certificate.isCa)) {
    throw new Rejection('REVOCATION_OTHER_CERTIFICATE', 'The revocation list is not about certificates of this kind.');
  }
}

/** Lists can have a million entries: they are walked through, not collected. */
function revocationOf({ content }: DerElement, serial: Buffer): Date | undefined {
  for (let at = 0; at < content.length; ) {
    const entry = readDer(content.subarray(at));
    at += entry.bytes.length;
    const number = readDer(entry.content);
    if (!number.content.equals(serial)) continue;
    const fields = Fields.of(entry);
    fields.any();
    const date = timeOf(fields.any());
    const extensions = readExtensions(fields.isDone ? undefined : fields.any());
    for (const [oid, { critical }] of extensions) {
      if (critical && oid !== REASON_CODE && oid !== INVALIDITY_DATE) throw new DerError('An entry of the revocation list has a critical extension.');
    }
    return date;
  }
  return undefined;
}
