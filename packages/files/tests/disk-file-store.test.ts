import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readdir, readlink, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storeFailure } from '../src/errors.ts';
import { openFileStore } from '../src/index.ts';
import { bytes, failing, fileStoreContract, LIMITS, type StoreUnderTest } from './contract.ts';

const PATIENCE = { timeout: 10_000 };

const filesIn = async (directory: string): Promise<string[]> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1));
};

fileStoreContract('on disk', async (): Promise<StoreUnderTest> => {
  const directory = await mkdtemp(join(tmpdir(), 'files-'));
  const store = await openFileStore({ kind: 'disk', directory });
  return {
    store,
    everything: () => filesIn(directory),
    damage: (key, content) => writeFile(join(directory, key), content),
    breakDown: () => rename(directory, `${directory}-gone`),
    stop: async () => {
      await store.close();
      await rm(directory, { recursive: true, force: true });
      await rm(`${directory}-gone`, { recursive: true, force: true });
    },
  };
});

describe('a file store on disk', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'files-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  test('removes, when opened again, what a killed upload left behind', async () => {
    const writer = fork(new URL('endless-upload.ts', import.meta.url), [directory]);
    await once(writer, 'message');
    expect(await filesIn(directory)).toHaveLength(1);

    writer.kill('SIGKILL');
    await once(writer, 'exit');
    await openFileStore({ kind: 'disk', directory });

    expect(await filesIn(directory)).toEqual([]);
  });

  test('leaves alone the uploads that others have under way when it is opened', async () => {
    const writer = fork(new URL('endless-upload.ts', import.meta.url), [directory]);
    await once(writer, 'message');
    const store = await openFileStore({ kind: 'disk', directory });
    let release = (): void => undefined;
    const gate = new Promise<void>((open) => (release = open));
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('mine');
      await gate;
    }
    const mine = store.put('org_1', slow(), LIMITS);
    await expect.poll(() => filesIn(directory), PATIENCE).toHaveLength(2);

    await openFileStore({ kind: 'disk', directory });

    expect(await filesIn(directory)).toHaveLength(2);
    release();
    expect(await mine).toMatchObject({ size: 4 });
    writer.kill('SIGKILL');
    await once(writer, 'exit');
  });

  test('removes what another machine left and has not written to for a day', async () => {
    const incoming = join(directory, '.incoming');
    await mkdir(incoming);
    for (const name of ['1.old.elsewhere', '1.new.elsewhere']) await writeFile(join(incoming, name), 'x');
    await utimes(join(incoming, '1.old.elsewhere'), 0, 0);

    await openFileStore({ kind: 'disk', directory });

    expect(await readdir(incoming)).toEqual(['1.new.elsewhere']);
  });

  test('says that it is unavailable when its folder cannot be made', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(openFileStore({ kind: 'disk', directory: join(directory, 'file', 'below') })).rejects.toEqual(failing('STORE_UNAVAILABLE'));
  });

  test('says that it is unavailable when its folder is no longer a folder', async () => {
    const store = await openFileStore({ kind: 'disk', directory });
    await rm(directory, { recursive: true });
    await writeFile(directory, '');

    await expect(store.has('org_1', 'a'.repeat(64))).rejects.toEqual(failing('STORE_UNAVAILABLE'));
    await expect(store.put('org_1', bytes(Buffer.from('x')), LIMITS)).rejects.toEqual(failing('STORE_UNAVAILABLE'));
  });

  test('says that there is no space when the disk is full', async () => {
    // The kernel's own full disk: every write to it fails with ENOSPC.
    const full = await open('/dev/full', 'w');
    const error: unknown = await full.writeFile('x').catch((cause: unknown) => cause);
    await full.close();
    expect(storeFailure(error)).toEqual(failing('NO_SPACE'));
  });

  test('lets a reader stop halfway without keeping the file open', async () => {
    const store = await openFileStore({ kind: 'disk', directory });
    const { sha256 } = await store.put('org_1', bytes(Buffer.alloc(1_000_000)), LIMITS);
    const reading = await store.read('org_1', sha256);
    for await (const _chunk of reading) break;

    await expect.poll(async () => (await openDescriptors()).filter((path) => path.includes(sha256)), PATIENCE).toEqual([]);
  });
});

const openDescriptors = async (): Promise<string[]> => {
  const names = await readdir('/proc/self/fd');
  return Promise.all(names.map((name) => readlink(join('/proc/self/fd', name)).catch(() => '')));
};
