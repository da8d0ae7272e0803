import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileTooLarge, isErrno, storeFailure } from './errors.ts';
import type { PutLimits, StoredFile } from './file-store.ts';

/** Content that arrived whole and is safely on disk, but is not yet where readers look. */
export interface SpooledFile extends StoredFile {
  readonly path: string;
}

/** Where uploads wait until their hash is known. */
export interface Spool {
  /** Takes a stream to its end. When that fails, nothing is left behind. */
  receive(source: AsyncIterable<Uint8Array>, limits: PutLimits): Promise<SpooledFile>;
}

const IDLE_LIMIT_MS = 24 * 60 * 60 * 1000;

/** Opens a spool, proves that it can be written, and removes what killed processes left in it. */
export async function openSpool(directory: string): Promise<Spool> {
  try {
    await mkdir(directory, { recursive: true });
    await sweep(directory);
  } catch (error) {
    throw storeFailure(error);
  }
  return {
    receive: async (source, limits) => {
      const path = join(directory, newName());
      try {
        return { path, ...(await write(path, source, limits)) };
      } catch (error) {
        await discard(path);
        throw error;
      }
    },
  };
}

/** Removes an upload that is no longer wanted. If that fails, the next opening does it: the error that led here matters more. */
export const discard = (path: string): Promise<void> => rm(path, { force: true }).catch(() => undefined);

async function write(path: string, source: AsyncIterable<Uint8Array>, { maxBytes }: PutLimits): Promise<StoredFile> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await store(open(path, 'wx'));
  try {
    for await (const chunk of source) {
      // A stream with an encoding gives text, whose length is not its size in bytes.
      if (!(chunk instanceof Uint8Array)) throw new TypeError('A file is put as bytes, not as text.');
      size += chunk.byteLength;
      // Written this way round so that a limit that is not a number lets nothing through.
      if (!(size <= maxBytes)) throw fileTooLarge(maxBytes);
      hash.update(chunk);
      await store(file.writeFile(chunk));
    }
    await store(file.sync());
  } finally {
    await close(file);
  }
  return { sha256: hash.digest('hex'), size };
}

/** Names a failure of the disk, so that it is told apart from a failure of the source. */
const store = <T>(work: Promise<T>): Promise<T> => work.catch((error: unknown) => Promise.reject(storeFailure(error)));

/** Content is safe after `sync`; a failing `close` must not hide the error that led here. */
const close = (file: FileHandle): Promise<void> => file.close().catch(() => undefined);

/** The name says who writes, so that a later opening can tell whether anybody still does. */
const newName = (): string => `${process.pid}.${randomUUID()}.${encodeURIComponent(hostname())}`;

async function sweep(directory: string): Promise<void> {
  const now = await fileSystemTime(directory);
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    if (isOrphan(name) || now - (await lastWrite(path, now)) > IDLE_LIMIT_MS) await rm(path, { force: true });
  }
}

/** The file system's own time, the only one its files can be compared with. Also proves that it can be written. */
async function fileSystemTime(directory: string): Promise<number> {
  const path = join(directory, newName());
  const probe = await open(path, 'wx');
  try {
    return (await probe.stat()).mtimeMs;
  } finally {
    await close(probe);
    await rm(path, { force: true });
  }
}

/** Another process may finish its upload while we look: a file that is gone was written just now. */
const lastWrite = (path: string, now: number): Promise<number> =>
  stat(path).then(({ mtimeMs }) => mtimeMs, () => now);

/** Whether the writer ran on this machine and does no more. */
function isOrphan(name: string): boolean {
  const [pid, , ...host] = name.split('.');
  if (host.join('.') !== encodeURIComponent(hostname())) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return isErrno(error, 'ESRCH');
  }
}
