import { certificatesOfPem } from '@buffrsign/pades';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Roots in DER, apart by what their word is worth. */
export interface Roots {
  readonly configured: readonly Uint8Array[];
  readonly test: readonly Uint8Array[];
}

/** A file of roots that cannot be used; the message names it and says what to do. */
export class RootsUnusable extends Error {
  override readonly name = 'RootsUnusable';
}

/** @throws RootsUnusable */
export const readRoots = async (paths: readonly string[]): Promise<readonly Uint8Array[]> => {
  const read = async (path: string): Promise<Uint8Array[]> => {
    try {
      const certificates = certificatesOfPem(await readFile(path, 'utf8'));
      if (certificates.length > 0) return certificates;
    } catch (cause) {
      throw new RootsUnusable(`VERIFY_ROOTS: ${path} cannot be read as PEM certificates. Give the file the roots that shall be trusted, or take it out of the list.`, { cause });
    }
    throw new RootsUnusable(`VERIFY_ROOTS: there is no certificate in ${path}. Give it the roots that shall be trusted, or take it out of the list.`);
  };
  return (await Promise.all(paths.map(read))).flat();
};

/** The root of the embedded test authority, once there is one: the sealing makes it. */
export const readTestRoot = async (trustDirectory: string): Promise<readonly Uint8Array[]> => {
  const pem = await readFile(join(trustDirectory, 'test-root.pem'), 'utf8').catch(() => '');
  return certificatesOfPem(pem);
};
