import { certificatesOfPem } from '@buffrsign/pades';
import { readFileSync } from 'node:fs';
import { UsageError } from './arguments.ts';

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
    const certificates = certificatesIn(path);
    if (certificates.length === 0) throw new UsageError(`“${path}” holds no certificate in PEM (-----BEGIN CERTIFICATE-----).`);
    return certificates;
  });
}

function certificatesIn(path: string): Uint8Array[] {
  const pem = readInput(path).toString('latin1');
  try {
    return certificatesOfPem(pem);
  } catch {
    throw new UsageError(`“${path}” holds a certificate that cannot be read.`);
  }
}
