import { access, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { fileNotFound, FileStoreError, isErrno, storeFailure } from './errors.ts';
import type { DiskConfig, FileStore, PutLimits, StoredFile } from './file-store.ts';
import { assertOrganization, keyOf } from './keys.ts';
import { discard, openSpool, type Spool, type SpooledFile } from './spool.ts';
import { collect, verified } from './verified.ts';

/** Inside the store, so that moving a finished upload is a rename within one file system. No organization id starts with a dot. */
const INCOMING = '.incoming';

/** Opens a folder as a file store, making it if needed. */
export async function openDiskFileStore({ directory }: Omit<DiskConfig, 'kind'>): Promise<FileStore> {
  const root = resolve(directory);
  return new DiskFileStore(root, await openSpool(join(root, INCOMING)));
}

class DiskFileStore implements FileStore {
  readonly #root: string;
  readonly #spool: Spool;

  constructor(root: string, spool: Spool) {
    this.#root = root;
    this.#spool = spool;
  }

  async put(organizationId: string, source: AsyncIterable<Uint8Array>, limits: PutLimits): Promise<StoredFile> {
    assertOrganization(organizationId);
    const spooled = await this.#spool.receive(source, limits);
    await this.#settle(organizationId, spooled);
    return { sha256: spooled.sha256, size: spooled.size };
  }

  async read(organizationId: string, sha256: string): Promise<Readable> {
    const path = this.#pathOf(organizationId, sha256);
    const file = await open(path, 'r').catch(this.#nullIfAbsent);
    if (!file) throw fileNotFound(sha256);
    return verified(file.createReadStream(), sha256);
  }

  async readAll(organizationId: string, sha256: string): Promise<Uint8Array> {
    return collect(await this.read(organizationId, sha256));
  }

  async stat(organizationId: string, sha256: string): Promise<StoredFile> {
    const size = await this.#sizeOf(organizationId, sha256);
    if (size === null) throw fileNotFound(sha256);
    return { sha256, size };
  }

  async has(organizationId: string, sha256: string): Promise<boolean> {
    return (await this.#sizeOf(organizationId, sha256)) !== null;
  }

  async delete(organizationId: string, sha256: string): Promise<void> {
    const path = this.#pathOf(organizationId, sha256);
    await unlink(path).then(() => syncDirectory(dirname(path))).catch(this.#nullIfAbsent);
  }

  async close(): Promise<void> {}

  #pathOf(organizationId: string, sha256: string): string {
    return join(this.#root, keyOf(organizationId, sha256));
  }

  #sizeOf(organizationId: string, sha256: string): Promise<number | null> {
    return stat(this.#pathOf(organizationId, sha256)).then(({ size }) => size, this.#nullIfAbsent);
  }

  /** Nothing, for a file that is not there. When the store itself is not there (a volume that is not mounted), that is another matter. */
  readonly #nullIfAbsent = async (error: unknown): Promise<null> => {
    if (!isErrno(error, 'ENOENT')) throw storeFailure(error);
    await access(join(this.#root, INCOMING)).catch(() => {
      throw new FileStoreError('STORE_UNAVAILABLE', 'The folder of the file store is gone. Mount it again, then try again.', { cause: error });
    });
    return null;
  };

  /** Renaming replaces in one step: readers see the old file or the new one, and both hold the same content. */
  async #settle(organizationId: string, spooled: SpooledFile): Promise<void> {
    const path = this.#pathOf(organizationId, spooled.sha256);
    try {
      const created = await mkdir(dirname(path), { recursive: true });
      if (created) await syncDirectory(this.#root);
      await rename(spooled.path, path);
      await syncDirectory(dirname(path));
    } catch (error) {
      await discard(spooled.path);
      throw storeFailure(error);
    }
  }
}

/** A rename survives a power cut only when its folder is written too (POSIX leaves that to the caller). */
async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a folder, and writes its entries through.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
