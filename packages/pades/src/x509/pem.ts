import { X509Certificate } from 'node:crypto';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates (DER) of a PEM text, in its order; none where it holds none. @throws {Error} for one that cannot be read. */
export function certificatesOfPem(pem: string): Uint8Array[] {
  return (pem.match(CERTIFICATE) ?? []).map((block) => new X509Certificate(block).raw);
}
