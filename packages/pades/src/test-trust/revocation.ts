import { childrenOf, readDer } from '../der/read.ts';
import { context, enumerated, generalizedTime, nullValue, octetString, oid, sequence, smallInteger, tagged, unsignedInteger, x509Time } from '../der/write.ts';
import { RevocationUnavailable, type RevocationSource } from '../revocation/source.ts';
import { tell, type Now } from './clock-option.ts';
import { certificateParts, sha1, signatureAlgorithm, signedStructure } from './der-signing.ts';
import type { CertifiedKey, TestTrust } from './test-trust.ts';

/** When certificates were revoked, by the hexadecimal digits of their serial number as `X509Certificate` gives it. */
export type Revoked = ReadonlyMap<string, Date>;

export interface TestRevocationOptions {
  readonly revoked?: Revoked;
  /** What is handed out; by default OCSP answers. */
  readonly kind?: 'ocsp' | 'crl';
}

/** Answers are good for a week. */
const VALID_MS = 7 * 24 * 60 * 60 * 1000;
const SHA_1 = sequence(oid('1.3.14.3.2.26'), nullValue());

/** The OCSP responders and revocation list of the test trust, in process. */
export function testRevocationSource(trust: TestTrust, now: Now, { revoked = new Map(), kind = 'ocsp' }: TestRevocationOptions = {}): RevocationSource {
  return {
    fetch: async (certificate, issuer, notBefore) => {
      const at = tell(now);
      const refuse = (why: string, published = true) => new RevocationUnavailable('the test trust', [why], { published });
      // To the second, like the times in the answers.
      if (Math.floor(at.getTime() / 1000) < Math.floor(notBefore.getTime() / 1000)) throw refuse('it is too early to ask');
      const responder = responderFor(trust, issuer);
      if (!responder) throw refuse('no responder of this trust answers for its issuer', false);
      if (kind === 'crl' && responder === trust.ocsp) return { crl: testCrl(trust, at, revoked) };
      return { ocsp: ocspResponse(responder, certificateId(certificate, issuer), at, revoked), certificates: [responder.certificate] };
    },
  };
}

function responderFor(trust: TestTrust, issuer: Uint8Array): CertifiedKey | undefined {
  if (Buffer.compare(issuer, trust.issuing) === 0) return trust.ocsp;
  return Buffer.compare(issuer, trust.root) === 0 ? trust.rootOcsp : undefined;
}

/** CertID (RFC 6960, 4.1.1). */
export function certificateId(certificate: Uint8Array, issuer: Uint8Array): Buffer {
  const { subject, keyHash } = certificateParts(issuer);
  return sequence(SHA_1, octetString(sha1(subject)), octetString(keyHash), certificateParts(certificate).serial);
}

/** An OCSPResponse (RFC 6960, 4.2.1) about the certificate that a CertID names. */
export function ocspResponse({ certificate, key }: CertifiedKey, id: Buffer, at: Date, revoked: Revoked, nonce?: Buffer): Buffer {
  const serial = childrenOf(readDer(id)).at(-1)?.content.toString('hex').replace(/^00/, '').toUpperCase() ?? '';
  const revokedAt = revoked.get(serial);
  const status = revokedAt ? context(1, generalizedTime(revokedAt)) : tagged(0x80);
  const single = sequence(id, status, generalizedTime(at), context(0, generalizedTime(new Date(at.getTime() + VALID_MS))));
  const responder = context(2, octetString(certificateParts(certificate).keyHash));
  const data = sequence(responder, generalizedTime(at), sequence(single), ...(nonce ? [context(1, sequence(nonce))] : []));
  const basic = signedStructure(data, key, context(0, sequence(Buffer.from(certificate))));
  return sequence(enumerated(0), context(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octetString(basic))));
}

/** The revocation list of the issuing CA (RFC 5280, 5), made at that moment. */
export function testCrl({ issuing, issuingKey }: Pick<TestTrust, 'issuing' | 'issuingKey'>, at: Date, revoked: Revoked = new Map()): Buffer {
  const { subject, keyHash } = certificateParts(issuing);
  const entries = [...revoked].map(([serial, date]) => sequence(unsignedInteger(Buffer.from(serial, 'hex')), x509Time(date)));
  const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), octetString(value));
  const number = unsignedInteger(Buffer.from(at.getTime().toString(16).padStart(16, '0'), 'hex'));
  const tbs = sequence(
    smallInteger(1),
    signatureAlgorithm(issuingKey),
    subject,
    x509Time(at),
    x509Time(new Date(at.getTime() + VALID_MS)),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    context(0, sequence(extension('2.5.29.35', sequence(tagged(0x80, keyHash))), extension('2.5.29.20', number))),
  );
  return signedStructure(tbs, issuingKey);
}
