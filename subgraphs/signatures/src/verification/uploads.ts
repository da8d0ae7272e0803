import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Limits } from './limits.ts';

/** A file that waits to be looked at. Whoever knows the id may have it looked at, once. */
export interface Upload {
  readonly uploadId: string;
  readonly expiresAt: Date;
  readonly sha256: string;
  readonly size: number;
}

/** Why a file is not taken, with what to do. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
  readonly code: 'FILE_TOO_LARGE' | 'TOO_BUSY';
  constructor(code: UploadRefused['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Files on their way to a look, on disk and nowhere else. */
export interface Uploads {
  /** Takes a stream to its end; when that fails, nothing is left. @throws UploadRefused */
  receive(source: AsyncIterable<Uint8Array>): Promise<Upload>;
  /** The file, to be closed by the caller; null when there is none, or its time is over. */
  open(uploadId: string): Promise<FileHandle | null>;
  remove(uploadId: string): Promise<void>;
  /** Removes what nobody came back for, also what processes that are gone have left. */
  sweep(): Promise<void>;
}

const FORM = /^[\w-]{43}$/;
const BUSY = 'Too many files are being looked at right now. Try again in a minute.';

export const openUploads = ({ directory, limits, now }: { readonly directory: string; readonly limits: Limits; readonly now: () => Date }): Uploads => {
  let arriving = 0;
  let arrivingBytes = 0;
  // The name on disk does not open anything: whoever sees the folder learns no id.
  const pathOf = (uploadId: string): string => join(directory, createHash('sha256').update(uploadId).digest('hex'));
  const isOver = (mtimeMs: number): boolean => now().getTime() - mtimeMs >= limits.keptMs;

  const files = async (): Promise<{ path: string; size: number; mtimeMs: number }[]> => {
    const names = await readdir(directory);
    const found = await Promise.all(names.map((name) => stat(join(directory, name)).then(({ size, mtimeMs }) => [{ path: join(directory, name), size, mtimeMs }], () => [])));
    return found.flat();
  };

  const write = async (file: FileHandle, source: AsyncIterable<Uint8Array>, stored: number): Promise<{ sha256: string; size: number }> => {
    const hash = createHash('sha256');
    let size = 0;
    try {
      for await (const chunk of source) {
        size += chunk.byteLength;
        arrivingBytes += chunk.byteLength;
        if (size > limits.fileBytes) throw new UploadRefused('FILE_TOO_LARGE', `The file is larger than the ${limits.fileBytes} bytes that can be looked at here.`);
        if (stored + arrivingBytes > limits.spoolBytes) throw new UploadRefused('TOO_BUSY', BUSY);
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      return { sha256: hash.digest('hex'), size };
    } finally {
      arrivingBytes -= size;
    }
  };

  const keep = async (source: AsyncIterable<Uint8Array>): Promise<Upload> => {
    const uploadId = randomBytes(32).toString('base64url');
    const part = `${pathOf(uploadId)}.part`;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const stored = (await files()).filter(({ path }) => !path.endsWith('.part')).reduce((sum, { size }) => sum + size, 0);
    const file = await open(part, 'wx', 0o600);
    try {
      const written = await write(file, source, stored);
      const arrived = now();
      // Its time begins by the clock by which it ends.
      await file.utimes(arrived, arrived);
      await rename(part, pathOf(uploadId));
      return { uploadId, ...written, expiresAt: new Date(arrived.getTime() + limits.keptMs) };
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  };

  return {
    async receive(source) {
      if (arriving >= limits.arriving) throw new UploadRefused('TOO_BUSY', BUSY);
      arriving += 1;
      return keep(source).finally(() => (arriving -= 1));
    },
    async open(uploadId) {
      if (!FORM.test(uploadId)) return null;
      const file = await open(pathOf(uploadId), 'r').catch(() => null);
      if (!file || !isOver((await file.stat()).mtimeMs)) return file;
      await file.close();
      return null;
    },
    remove: (uploadId) => rm(pathOf(uploadId), { force: true }),
    async sweep() {
      const over = (await files().catch(() => [])).filter(({ mtimeMs }) => isOver(mtimeMs));
      await Promise.all(over.map(({ path }) => rm(path, { force: true })));
    },
  };
};
