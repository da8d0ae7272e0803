import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileStore } from '@buffrsign/files';

/** A file of the store by its name. */
export interface StoredName {
  readonly organizationId: string;
  readonly sha256: string;
}

/**
 * Gives `work` a stored file, its hash checked, as a file on this machine that is gone afterwards.
 *
 * @throws FileStoreError when it cannot be read
 */
export const withLocalCopy = async <Result>(files: FileStore, { organizationId, sha256 }: StoredName, work: (path: string) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'buffrsign-document-'));
  try {
    const path = join(folder, 'document.pdf');
    await pipeline(await files.read(organizationId, sha256), createWriteStream(path));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
