import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileStoreCheck, type FileStore, type FileStoreErrorCode } from '../src/index.ts';

/** One adapter, and a view behind its back. */
export interface StoreUnderTest {
  readonly store: FileStore;
  /** Every file there is, finished or not, as `<organizationId>/<sha256>` or a spool name. */
  everything(): Promise<readonly string[]>;
  /** Replaces what is stored, without the store's knowledge. */
  damage(key: string, content: Uint8Array): Promise<void>;
  /** Takes the disk or the bucket away. */
  breakDown(): Promise<void>;
  stop(): Promise<void>;
}

export const LIMITS = { maxBytes: 10_000_000 };
const ORGANIZATION = 'org_0k3d';
const STRANGER = 'org_0k3e';
const NOWHERE = 'a'.repeat(64);

export const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
export const failing = (code: FileStoreErrorCode): object => expect.objectContaining({ name: 'FileStoreError', code });
export const bytes = (...chunks: Uint8Array[]): Readable => Readable.from(chunks, { objectMode: false });

/** What every adapter promises. */
export function fileStoreContract(name: string, start: () => Promise<StoreUnderTest>): void {
  describe(`a file store ${name}`, () => {
    let under: StoreUnderTest;
    let store: FileStore;
    beforeEach(async () => {
      under = await start();
      store = under.store;
    });
    afterEach(() => under.stop());

    test('gives back, by its hash, exactly what was put', async () => {
      const content = randomBytes(3_000_000);
      const file = await store.put(ORGANIZATION, bytes(content.subarray(0, 1_000_001), content.subarray(1_000_001)), LIMITS);

      expect(file).toEqual({ sha256: sha256(content), size: content.length });
      expect(sha256(await store.readAll(ORGANIZATION, file.sha256))).toBe(file.sha256);
      expect(Buffer.concat(await (await store.read(ORGANIZATION, file.sha256)).toArray()).equals(content)).toBe(true);
      expect(await store.stat(ORGANIZATION, file.sha256)).toEqual(file);
      expect(await store.has(ORGANIZATION, file.sha256)).toBe(true);
      expect(await under.everything()).toEqual([`${ORGANIZATION}/${file.sha256}`]);
    });

    test('takes an empty file, and one of exactly the limit', async () => {
      const empty = await store.put(ORGANIZATION, bytes(), { maxBytes: 0 });
      const full = await store.put(ORGANIZATION, bytes(Buffer.alloc(5)), { maxBytes: 5 });

      expect(await store.readAll(ORGANIZATION, empty.sha256)).toHaveLength(0);
      expect(await store.readAll(ORGANIZATION, full.sha256)).toHaveLength(5);
    });

    test('keeps one file when the same content is put twice at the same time', async () => {
      const content = randomBytes(200_000);
      const [one, other] = await Promise.all([store.put(ORGANIZATION, bytes(content), LIMITS), store.put(ORGANIZATION, bytes(content), LIMITS)]);

      expect(one).toEqual(other);
      expect(await under.everything()).toEqual([`${ORGANIZATION}/${one.sha256}`]);
    });

    test('does not show a file to another organization', async () => {
      const { sha256 } = await store.put(ORGANIZATION, bytes(Buffer.from('secret')), LIMITS);

      expect(await store.has(STRANGER, sha256)).toBe(false);
      await expect(store.read(STRANGER, sha256)).rejects.toEqual(failing('FILE_NOT_FOUND'));
      await store.delete(STRANGER, sha256);
      expect(await store.has(ORGANIZATION, sha256)).toBe(true);
    });

    test('refuses one byte over the limit and leaves nothing behind', async () => {
      await expect(store.put(ORGANIZATION, bytes(Buffer.alloc(3), Buffer.alloc(3)), { maxBytes: 5 })).rejects.toEqual(failing('FILE_TOO_LARGE'));
      await expect(store.put(ORGANIZATION, bytes(Buffer.alloc(3)), { maxBytes: Number.NaN })).rejects.toEqual(failing('FILE_TOO_LARGE'));
      expect(await under.everything()).toEqual([]);
    });

    test('leaves nothing behind when the source fails, and passes its error on', async () => {
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield Buffer.from('first half');
        throw new Error('the client went away');
      }
      await expect(store.put(ORGANIZATION, broken(), LIMITS)).rejects.toThrow('the client went away');
      expect(await under.everything()).toEqual([]);
    });

    test('does not take a stream that was cut off for a whole file', async () => {
      const source = new Readable({ read() {} });
      source.push('first half');
      const put = store.put(ORGANIZATION, source, LIMITS);
      source.destroy();

      await expect(put).rejects.toThrow();
      expect(await under.everything()).toEqual([]);
    });

    test('refuses text, whose size in bytes it could not know', async () => {
      const text = Readable.from(['päper'], { encoding: 'utf8' });
      await expect(store.put(ORGANIZATION, text, LIMITS)).rejects.toThrow('as bytes');
    });

    test('names a file that is not there', async () => {
      await expect(store.read(ORGANIZATION, NOWHERE)).rejects.toEqual(failing('FILE_NOT_FOUND'));
      await expect(store.readAll(ORGANIZATION, NOWHERE)).rejects.toEqual(failing('FILE_NOT_FOUND'));
      await expect(store.stat(ORGANIZATION, NOWHERE)).rejects.toEqual(failing('FILE_NOT_FOUND'));
      expect(await store.has(ORGANIZATION, NOWHERE)).toBe(false);
    });

    test('deletes a file, and deleting again is no error', async () => {
      const { sha256 } = await store.put(ORGANIZATION, bytes(Buffer.from('gone soon')), LIMITS);
      await store.delete(ORGANIZATION, sha256);
      await store.delete(ORGANIZATION, sha256);

      expect(await store.has(ORGANIZATION, sha256)).toBe(false);
      expect(await under.everything()).toEqual([]);
    });

    test.each([
      ['one bit flipped', (good: Buffer) => Buffer.concat([Buffer.from([good[0]! ^ 1]), good.subarray(1)])],
      ['cut short', (good: Buffer) => good.subarray(0, -1)],
      ['emptied', () => Buffer.alloc(0)],
      ['grown', (good: Buffer) => Buffer.concat([good, Buffer.alloc(1)])],
    ])('never gives a damaged file for a good one: %s', async (_how, damaged) => {
      const content = randomBytes(300_000);
      const { sha256 } = await store.put(ORGANIZATION, bytes(content), LIMITS);
      await under.damage(`${ORGANIZATION}/${sha256}`, damaged(content));

      await expect(store.readAll(ORGANIZATION, sha256)).rejects.toEqual(failing('FILE_DAMAGED'));
      let received = 0;
      const reading = (async () => {
        for await (const chunk of await store.read(ORGANIZATION, sha256)) received += (chunk as Uint8Array).length;
      })();
      await expect(reading).rejects.toEqual(failing('FILE_DAMAGED'));
      expect(received).toBeLessThan(content.length);
    });

    test('mends a damaged file when its content is put again', async () => {
      const content = randomBytes(1000);
      const { sha256 } = await store.put(ORGANIZATION, bytes(content), LIMITS);
      await under.damage(`${ORGANIZATION}/${sha256}`, Buffer.from('rot'));
      await store.put(ORGANIZATION, bytes(content), LIMITS);

      expect(content.equals(await store.readAll(ORGANIZATION, sha256))).toBe(true);
    });

    test.each(['../etc', '..', '.', '.incoming', 'org/../..', '/etc', '', 'ORG', 'org\0', `o${'r'.repeat(63)}`])('refuses the organization id %j', async (id) => {
      await expect(store.put(id, bytes(), LIMITS)).rejects.toEqual(failing('INVALID_KEY'));
      await expect(store.read(id, NOWHERE)).rejects.toEqual(failing('INVALID_KEY'));
      await expect(store.delete(id, NOWHERE)).rejects.toEqual(failing('INVALID_KEY'));
      await expect(store.has(id, NOWHERE)).rejects.toEqual(failing('INVALID_KEY'));
    });

    test.each(['../passwd', NOWHERE.toUpperCase(), NOWHERE.slice(1), `${NOWHERE}\n`, ''])('refuses the hash %j', async (hash) => {
      await expect(store.read(ORGANIZATION, hash)).rejects.toEqual(failing('INVALID_KEY'));
      await expect(store.stat(ORGANIZATION, hash)).rejects.toEqual(failing('INVALID_KEY'));
      await expect(store.delete(ORGANIZATION, hash)).rejects.toEqual(failing('INVALID_KEY'));
    });

    test('says that it is unavailable rather than that a file is not there', async () => {
      const { sha256 } = await store.put(ORGANIZATION, bytes(Buffer.from('kept')), LIMITS);
      await fileStoreCheck(store).run();
      await under.breakDown();

      await expect(store.put(ORGANIZATION, bytes(Buffer.from('new')), LIMITS)).rejects.toEqual(failing('STORE_UNAVAILABLE'));
      await expect(store.readAll(ORGANIZATION, sha256)).rejects.toEqual(failing('STORE_UNAVAILABLE'));
      await expect(store.has(ORGANIZATION, sha256)).rejects.toEqual(failing('STORE_UNAVAILABLE'));
      await expect(store.delete(ORGANIZATION, sha256)).rejects.toEqual(failing('STORE_UNAVAILABLE'));
      await expect(fileStoreCheck(store).run()).rejects.toEqual(failing('STORE_UNAVAILABLE'));
    });
  });
}
