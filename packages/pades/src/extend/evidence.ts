import { Rejection } from '../rejection.ts';
import type { RevocationAnswer } from '../revocation/answer.ts';
import { checkCrl } from '../revocation/crl.ts';
import { certificatesInOcsp, checkOcsp } from '../revocation/ocsp.ts';
import { RevocationUnavailable, type RevocationData, type RevocationSource } from '../revocation/source.ts';
import type { Certificate } from '../x509/certificate.ts';
import { displayName } from '../x509/names.ts';
import { CertificatePool } from '../x509/pool.ts';
import { ExtensionFailure } from './failure.ts';
import type { SecurityStore } from './security-store.ts';
import type { UsedPath } from './signatures.ts';

interface Question {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** When the certificate was in use. */
  readonly times: Date[];
  readonly isLeaf: boolean;
}

interface Answered {
  readonly answer: RevocationAnswer;
  /** Keys in the store. */
  readonly keys: readonly string[];
}

/** Brings into the store what tells whether the certificates of the given paths were revoked when they were used. */
export class EvidenceCollector {
  readonly #store: SecurityStore;
  readonly #source: RevocationSource;
  readonly #now: Date;
  readonly #questions = new Map<string, Question>();
  readonly #keys = new Map<string, readonly string[]>();

  constructor(store: SecurityStore, source: RevocationSource, now: Date) {
    this.#store = store;
    this.#source = source;
    this.#now = now;
  }

  /** Notes the certificates of a path; a root is trusted as it is. */
  ask({ path, at }: UsedPath): void {
    path.forEach((certificate, index) => {
      const issuer = path[index + 1];
      if (!issuer) return;
      const key = `${certificate.sha256} ${issuer.sha256}`;
      const known = this.#questions.get(key);
      if (known) known.times.push(at);
      else this.#questions.set(key, { certificate, issuer, times: [at], isLeaf: index === 0 });
    });
  }

  /** @throws {ExtensionFailure} `CERTIFICATE_REVOKED`, {@link RevocationUnavailable}. */
  async collect(): Promise<void> {
    for (const question of this.#questions.values()) {
      const answered = await this.#answer(question);
      if (!answered) continue;
      assertNotRevoked(question, answered.answer);
      this.#keys.set(question.certificate.sha256, answered.keys);
    }
  }

  /** Keys of all that belongs to a path, certificates and answers. */
  keysOf({ path }: UsedPath): string[] {
    return path.flatMap((certificate) => [this.#store.add('Certs', certificate.raw), ...(this.#keys.get(certificate.sha256) ?? [])]);
  }

  async #answer(question: Question): Promise<Answered | undefined> {
    const stored = this.#stored(question);
    if (stored) return stored;
    const { certificate, issuer, isLeaf } = question;
    try {
      const notBefore = latest(question.times);
      return this.#keep(question, await this.#source.fetch(certificate.raw, issuer.raw, notBefore));
    } catch (error) {
      // Only of an authority, and only when it names no place where one could ask, is nothing demanded.
      if (error instanceof RevocationUnavailable && !error.published && !isLeaf) return undefined;
      throw error;
    }
  }

  /** What an earlier extension brought in counts for as long as it is young enough: the responders may be gone. */
  #stored(question: Question): Answered | undefined {
    const pool = new CertificatePool(this.#store.values('Certs'));
    for (const ocsp of this.#store.values('OCSPs')) {
      const answer = this.#fresh(question, () => checkOcsp(ocsp, { ...question, now: this.#now, pool }));
      if (answer) return { answer, keys: [this.#store.add('OCSPs', ocsp), ...this.#responders(ocsp)] };
    }
    for (const crl of this.#store.values('CRLs')) {
      const answer = this.#fresh(question, () => checkCrl(crl, { ...question, now: this.#now, pool }));
      if (answer) return { answer, keys: [this.#store.add('CRLs', crl)] };
    }
    return undefined;
  }

  #fresh({ times }: Question, check: () => RevocationAnswer): RevocationAnswer | undefined {
    try {
      const answer = check();
      // To the second, as dates in answers are.
      return answer.status !== 'UNKNOWN' && answer.thisUpdate.getTime() >= Math.floor(latest(times).getTime() / 1000) * 1000 ? answer : undefined;
    } catch (error) {
      if (error instanceof Rejection) return undefined;
      throw error;
    }
  }

  /** Whatever the source is, its answers are checked here: they become evidence. */
  #keep(question: Question, data: RevocationData): Answered {
    const pool = new CertificatePool(data.certificates);
    const { ocsp, crl } = data;
    const byOcsp = ocsp && this.#fresh(question, () => checkOcsp(ocsp, { ...question, now: this.#now, pool }));
    const byCrl = crl && this.#fresh(question, () => checkCrl(crl, { ...question, now: this.#now, pool }));
    const answer = byOcsp || byCrl;
    if (!answer) throw new RevocationUnavailable(displayName(question.certificate.subject), ['what the source gave does not verify or is older than the signature']);
    const certificates = (data.certificates ?? []).map((der) => this.#store.add('Certs', der));
    const keys = [...(byOcsp && ocsp ? [this.#store.add('OCSPs', ocsp), ...this.#responders(ocsp)] : []), ...(byCrl && crl ? [this.#store.add('CRLs', crl)] : [])];
    return { answer, keys: [...keys, ...certificates] };
  }

  #responders(ocsp: Uint8Array): string[] {
    return certificatesInOcsp(ocsp).map((der) => this.#store.add('Certs', der));
  }
}

function latest(times: readonly Date[]): Date {
  return new Date(Math.max(...times.map(Number)));
}

function assertNotRevoked({ certificate, times }: Question, { status, revokedAt }: RevocationAnswer): void {
  if (status !== 'REVOKED') return;
  const used = times.find((time) => !revokedAt || revokedAt <= time);
  if (!used) return;
  const since = revokedAt?.toISOString() ?? 'an unknown date';
  const name = displayName(certificate.subject);
  throw new ExtensionFailure('CERTIFICATE_REVOKED', `The certificate of ${name} has been revoked since ${since}, and was used on ${used.toISOString()}.`);
}
