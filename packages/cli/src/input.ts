import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UsageError } from './arguments.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The bytes of a file named on the command line. @throws {UsageError} */
export function readInput(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`“${path}” cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The certificates (DER) in PEM files. @throws {UsageError} for a file without one: it would silently trust nobody. */
export function readRoots(paths: readonly string[]): Uint8Array[] {
  return paths.flatMap((path) => {
    const blocks = readInput(path).toString('latin1').match(CERTIFICATE) ?? [];
    if (blocks.length === 0) throw new UsageError(`“${path}” holds no certificate in PEM (-----BEGIN CERTIFICATE-----).`);
    return blocks.map((block) => {
      try {
        return new Uint8Array(new X509Certificate(block).raw);
      } catch {
        throw new UsageError(`“${path}” holds a certificate that cannot be read.`);
      }
    });
  });
}
