import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileNotFound, FileStoreError } from './errors.ts';
import type { FileStore, PutLimits, S3Config, StoredFile } from './file-store.ts';
import { assertOrganization, keyOf } from './keys.ts';
import { S3Requests } from './s3-requests.ts';
import { discard, openSpool, type Spool } from './spool.ts';
import { collect, verified } from './verified.ts';

/** Opens a bucket as a file store. The bucket must exist, and its keys must be allowed to list it, so that "absent" is told from "forbidden". */
export async function openS3FileStore(config: S3Config): Promise<FileStore> {
  const spool = await openSpool(config.spoolDirectory ?? join(tmpdir(), 'buffrsign-incoming'));
  const s3 = new S3Requests(config);
  const bucket = await s3.send({ method: 'HEAD' });
  if (bucket.statusCode === 404) throw new FileStoreError('STORE_UNAVAILABLE', `There is no bucket ${config.bucket}. Make it, or name another.`);
  await bucket.body.dump();
  return new S3FileStore(s3, spool);
}

/**
 * An upload waits on the local disk until its hash, and so its key, is known; then one PUT carries it. S3 shows an
 * object only when the whole of it has arrived and matches the signed hash, so nothing partial is ever in the bucket.
 */
class S3FileStore implements FileStore {
  readonly #s3: S3Requests;
  readonly #spool: Spool;

  constructor(s3: S3Requests, spool: Spool) {
    this.#s3 = s3;
    this.#spool = spool;
  }

  async put(organizationId: string, source: AsyncIterable<Uint8Array>, limits: PutLimits): Promise<StoredFile> {
    assertOrganization(organizationId);
    const { path, sha256, size } = await this.#spool.receive(source, limits);
    try {
      const key = keyOf(organizationId, sha256);
      const response = await this.#s3.send({ method: 'PUT', key, payload: { sha256, size, open: () => createReadStream(path) } });
      // Only a missing bucket answers a PUT with 404.
      if (response.statusCode === 404) throw new FileStoreError('STORE_UNAVAILABLE', 'The bucket is gone. Make it, then try again.');
      await response.body.dump();
    } finally {
      await discard(path);
    }
    return { sha256, size };
  }

  async read(organizationId: string, sha256: string): Promise<Readable> {
    const response = await this.#s3.send({ method: 'GET', key: keyOf(organizationId, sha256) });
    if (response.statusCode === 404) throw fileNotFound(sha256);
    return verified(response.body, sha256);
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
    const response = await this.#s3.send({ method: 'DELETE', key: keyOf(organizationId, sha256) });
    if (response.statusCode !== 404) await response.body.dump();
  }

  async close(): Promise<void> {
    await this.#s3.close();
  }

  async #sizeOf(organizationId: string, sha256: string): Promise<number | null> {
    const response = await this.#s3.send({ method: 'HEAD', key: keyOf(organizationId, sha256) });
    if (response.statusCode === 404) return null;
    await response.body.dump();
    return Number(response.headers['content-length']);
  }
}
