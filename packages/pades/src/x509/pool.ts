import { Rejection } from '../rejection.ts';
import { Certificate } from './certificate.ts';

/** A file may bring this many certificates; more are left unread. */
const CERTIFICATES_MAX = 1000;

/** Certificates to build paths from. Being here makes none of them trusted. */
export class CertificatePool {
  readonly #byBytes = new Map<string, Certificate>();
  readonly #bySubject = new Map<string, Certificate[]>();

  constructor(certificates: Iterable<Uint8Array> = []) {
    for (const der of certificates) this.add(der);
  }

  /** The certificate, read once however often it is added; undefined when it cannot be read. */
  add(der: Uint8Array): Certificate | undefined {
    const key = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('latin1');
    const known = this.#byBytes.get(key);
    if (known || this.#byBytes.size >= CERTIFICATES_MAX) return known;
    try {
      const certificate = Certificate.read(der);
      this.#byBytes.set(key, certificate);
      const subject = certificate.subject.toString('latin1');
      this.#bySubject.set(subject, [...(this.#bySubject.get(subject) ?? []), certificate]);
      return certificate;
    } catch (error) {
      if (error instanceof Rejection) return undefined;
      throw error;
    }
  }

  has(certificate: Certificate): boolean {
    return this.#byBytes.has(certificate.raw.toString('latin1'));
  }

  withSubject(name: Buffer): readonly Certificate[] {
    return this.#bySubject.get(name.toString('latin1')) ?? [];
  }

  *[Symbol.iterator](): Iterator<Certificate> {
    yield* this.#byBytes.values();
  }
}
