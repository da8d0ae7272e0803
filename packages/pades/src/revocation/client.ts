import { createHash } from 'node:crypto';
import { systemClock } from '../clock.ts';
import { nullValue, octetString, oid, sequence, unsignedInteger } from '../der/write.ts';
import { NoAnswer, ask, type Fetch } from '../http/ask.ts';
import { Rejection } from '../rejection.ts';
import { Certificate } from '../x509/certificate.ts';
import { displayName } from '../x509/names.ts';
import type { RevocationAnswer } from './answer.ts';
import { checkCrl } from './crl.ts';
import { crlLocations, ocspLocations } from './locations.ts';
import { certificatesInOcsp, checkOcsp } from './ocsp.ts';
import { RevocationUnavailable, type RevocationData, type RevocationSource } from './source.ts';

export interface RevocationClientOptions {
  /** For one exchange; 10 seconds by default. */
  readonly timeoutMs?: number;
  readonly fetch?: Fetch;
  readonly now?: () => Date;
}

const TIMEOUT_MS = 10_000;
const OCSP_BYTES_MAX = 128 * 1024;
/** It goes into the file whole. */
const CRL_BYTES_MAX = 8 * 1024 * 1024;
const SHA_1 = sequence(oid('1.3.14.3.2.26'), nullValue());

interface Attempt {
  readonly url: string;
  ask(): Promise<Buffer>;
  check(answer: Buffer): RevocationAnswer;
  data(answer: Buffer): RevocationData;
}

/**
 * Asks where the certificates themselves say: OCSP responders first, then revocation lists. Answers are checked before
 * they are handed out, and must be fresh: made after the signature, and not replaced by a newer one meanwhile.
 */
export function createRevocationClient(options: RevocationClientOptions = {}): RevocationSource {
  const { timeoutMs = TIMEOUT_MS, fetch = globalThis.fetch, now = systemClock } = options;
  return {
    fetch: async (certificateDer, issuerDer, notBefore) => {
      const [certificate, issuer] = [Certificate.read(certificateDer), Certificate.read(issuerDer)];
      const http = { timeoutMs, fetch };
      const attempts = [...ocspAttempts(certificate, issuer, http, now), ...crlAttempts(certificate, issuer, http, now)];
      const reasons: string[] = [];
      for (const attempt of attempts) {
        try {
          const answer = await attempt.ask();
          assertFresh(attempt.check(answer), notBefore, now());
          return attempt.data(answer);
        } catch (error) {
          if (!(error instanceof NoAnswer || error instanceof Rejection)) throw error;
          reasons.push(`${attempt.url}: ${error.message}`);
        }
      }
      const subject = displayName(certificate.subject);
      if (reasons.length === 0) throw new RevocationUnavailable(subject, ['it names neither a responder nor a list'], { published: false });
      throw new RevocationUnavailable(subject, reasons);
    },
  };
}

type Http = { readonly timeoutMs: number; readonly fetch: Fetch };

function ocspAttempts(certificate: Certificate, issuer: Certificate, http: Http, now: () => Date): Attempt[] {
  const body = ocspRequest(certificate, issuer);
  const headers = { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' };
  return ocspLocations(certificate).map((url) => ({
    url,
    ask: () => ask({ url, body, headers, bytesMax: OCSP_BYTES_MAX, ...http }),
    check: (answer) => checkOcsp(answer, { certificate, issuer, now: now() }),
    data: (answer) => ({ ocsp: answer, certificates: certificatesInOcsp(answer) }),
  }));
}

function crlAttempts(certificate: Certificate, issuer: Certificate, http: Http, now: () => Date): Attempt[] {
  return crlLocations(certificate).map((url) => ({
    url,
    ask: () => ask({ url, bytesMax: CRL_BYTES_MAX, ...http }),
    check: (answer) => checkCrl(answer, { certificate, issuer, now: now() }),
    data: (answer) => ({ crl: answer }),
  }));
}

/** Without a nonce: many responders sign in advance, and the dates tell whether an answer is old. */
function ocspRequest(certificate: Certificate, issuer: Certificate): Buffer {
  const sha1 = (bytes: Buffer): Buffer => octetString(createHash('sha1').update(bytes).digest());
  const id = sequence(SHA_1, sha1(issuer.subject), sha1(issuer.publicKeyBits), unsignedInteger(certificate.serial));
  return sequence(sequence(sequence(sequence(id))));
}

function assertFresh({ status, thisUpdate, nextUpdate }: RevocationAnswer, notBefore: Date, now: Date): void {
  if (status === 'UNKNOWN') throw new NoAnswer('it does not know the certificate');
  // Dates in answers have no fractions of a second.
  if (thisUpdate.getTime() < Math.floor(notBefore.getTime() / 1000) * 1000) {
    throw new NoAnswer(`its answer is of ${thisUpdate.toISOString()}, before the signature of ${notBefore.toISOString()}`);
  }
  if (nextUpdate && nextUpdate < now) throw new NoAnswer(`its answer has been outdated since ${nextUpdate.toISOString()}`);
}
