import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFileStore, type FileStore, type S3Config } from '../src/index.ts';
import { bytes, failing, fileStoreContract, LIMITS, type StoreUnderTest } from './contract.ts';
import { BUCKET, KEYS, REGION, startFakeS3, type FakeS3 } from './fake-s3.ts';

fileStoreContract('in a bucket', async (): Promise<StoreUnderTest> => {
  const s3 = await startFakeS3();
  const spoolDirectory = await mkdtemp(join(tmpdir(), 'spool-'));
  const store = await openFileStore({ ...config(s3), spoolDirectory });
  return {
    store,
    everything: async () => [...s3.objects.keys(), ...(await readdir(spoolDirectory))],
    damage: async (key, content) => void s3.objects.set(key, content),
    breakDown: () => s3.stop(),
    stop: async () => {
      await store.close();
      await s3.stop();
      await rm(spoolDirectory, { recursive: true, force: true });
    },
  };
});

describe('a file store in a bucket', () => {
  let s3: FakeS3;
  let spoolDirectory: string;
  let store: FileStore;
  beforeEach(async () => {
    s3 = await startFakeS3();
    spoolDirectory = await mkdtemp(join(tmpdir(), 'spool-'));
    store = await openFileStore({ ...config(s3), spoolDirectory });
  });
  afterEach(async () => {
    await store.close();
    await s3.stop();
    await rm(spoolDirectory, { recursive: true, force: true });
  });

  test('tries again when the store stumbles once, with the whole content', async () => {
    s3.answers.push((_request, response) => void response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>'));
    const { sha256 } = await store.put('org_1', bytes(Buffer.from('persistent')), LIMITS);
    s3.answers.push((request) => void request.socket.destroy());

    expect(Buffer.from(await store.readAll('org_1', sha256)).toString()).toBe('persistent');
  });

  test('gives up under a name when the store keeps stumbling', async () => {
    const stumbles = Array.from({ length: 3 }, (): FakeS3['answers'][number] => (_request, response) => void response.writeHead(500).end());
    s3.answers.push(...stumbles);
    await expect(store.has('org_1', 'a'.repeat(64))).rejects.toEqual(failing('STORE_UNAVAILABLE'));
    expect(s3.answers).toHaveLength(0);
  });

  test('does not wait for ever for a store that keeps silent', async () => {
    const impatient = await openFileStore({ ...config(s3), spoolDirectory, silenceMs: 50 });
    s3.answers.push(...Array.from({ length: 3 }, () => () => undefined));

    await expect(impatient.has('org_1', 'a'.repeat(64))).rejects.toEqual(failing('STORE_UNAVAILABLE'));
    await impatient.close();
  });

  test('ends a stream in an error when the connection is lost halfway', async () => {
    const { sha256 } = await store.put('org_1', bytes(Buffer.from('whole')), LIMITS);
    s3.answers.push((request, response) => {
      response.writeHead(200, { 'content-length': 5 }).write('who', () => request.socket.destroy());
    });
    await expect(store.readAll('org_1', sha256)).rejects.toEqual(failing('STORE_UNAVAILABLE'));
  });

  test.each([
    ['the bucket is full', 507, 'XMinioStorageFull', 'NO_SPACE'],
    ['the bucket is gone', 404, 'NoSuchBucket', 'STORE_UNAVAILABLE'],
    ['the keys are refused', 403, 'AccessDenied', 'STORE_UNAVAILABLE'],
  ] as const)('names the failure when %s', async (_what, status, code, name) => {
    const refusal: FakeS3['answers'][number] = (request, response) => {
      request.resume().on('end', () => response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`));
    };
    s3.answers.push(refusal);
    await expect(store.put('org_1', bytes(Buffer.from('x')), LIMITS)).rejects.toEqual(failing(name));
    s3.answers.push(refusal);
    await expect(store.readAll('org_1', 'a'.repeat(64))).rejects.toEqual(failing(name));
    expect(await readdir(spoolDirectory)).toEqual([]);
  });

  test('refuses content that changed between hashing and sending', async () => {
    s3.answers.push((_request, response) => {
      void readdir(spoolDirectory).then(async ([name = '']) => {
        await writeFile(join(spoolDirectory, name), 'forged!!');
        response.writeHead(500).end();
      });
    });
    await expect(store.put('org_1', bytes(Buffer.from('original')), LIMITS)).rejects.toEqual(failing('STORE_UNAVAILABLE'));
    expect(s3.objects.size).toBe(0);
  });

  test('does not open with wrong keys or without its bucket', async () => {
    await expect(openFileStore({ ...config(s3), spoolDirectory, secretAccessKey: 'wrong' })).rejects.toEqual(failing('STORE_UNAVAILABLE'));
    await expect(openFileStore({ ...config(s3), spoolDirectory, bucket: 'nowhere' })).rejects.toEqual(failing('STORE_UNAVAILABLE'));
  });
});

function config({ endpoint }: FakeS3): S3Config {
  return { kind: 's3', bucket: BUCKET, region: REGION, endpoint, ...KEYS };
}
