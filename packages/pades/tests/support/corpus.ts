import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of real PDFs beside the project; undefined where it is not at hand. */
export const corpusFolder = findUpwards(import.meta.dirname, join('shared', 'corpus', 'pdf'));

function findUpwards(from: string, wanted: string): string | undefined {
  const candidate = join(from, wanted);
  if (existsSync(candidate)) return candidate;
  return dirname(from) === from ? undefined : findUpwards(dirname(from), wanted);
}

export const ENCRYPTED_FILE = 'libreoffice-writer-password.pdf';

/** Names of the PDFs that can be opened without a password. */
export const readableFiles: readonly string[] = corpusFolder
  ? readdirSync(corpusFolder).filter((file) => file.endsWith('.pdf') && file !== ENCRYPTED_FILE)
  : [];

export function corpusFile(name: string): Uint8Array {
  if (!corpusFolder) throw new Error('The corpus is not at hand.');
  return new Uint8Array(readFileSync(join(corpusFolder, name)));
}
