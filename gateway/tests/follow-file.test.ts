import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followFile } from '../src/graph/follow-file.ts';

/** Longer than a test waits: then only the system's word can have told. */
const NEVER_MS = 3_600_000;
const patiently = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000 });

describe('a file that is followed', () => {
  let folder: string;
  let path: string;
  let seen: string[];
  const open: { close(): void }[] = [];
  const follow = (pollMs: number, at = path): void => void open.push(followFile({ path: at, pollMs, first: 'one', changed: (text) => seen.push(text) }));

  beforeEach(async () => {
    seen = [];
    folder = await mkdtemp(join(tmpdir(), 'follow-'));
    path = join(folder, 'file');
    await writeFile(path, 'one');
  });
  afterEach(async () => {
    for (const one of open.splice(0)) one.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['the system tells', NEVER_MS],
    ['nobody tells, by looking', 20],
  ])('is read again when it is written to or replaced, once for each text, where %s', async (_how, pollMs) => {
    follow(pollMs);
    await writeFile(path, 'two');
    await patiently(() => seen).toEqual(['two']);
    await writeFile(join(folder, 'new'), 'three');
    await rename(join(folder, 'new'), path);
    await patiently(() => seen).toEqual(['two', 'three']);
    await writeFile(path, 'three');
    await rm(path);
    await writeFile(path, 'four');
    await patiently(() => seen).toEqual(['two', 'three', 'four']);
  });

  it('is read again when the link to the folder of a mounted volume is led elsewhere', async () => {
    for (const version of ['one', 'two']) {
      await mkdir(join(folder, version));
      await writeFile(join(folder, version, 'mounted'), version);
    }
    await symlink('one', join(folder, '..data'));
    await symlink(join('..data', 'mounted'), join(folder, 'mounted'));
    follow(NEVER_MS, join(folder, 'mounted'));
    await symlink('two', join(folder, '..next'));
    await rename(join(folder, '..next'), join(folder, '..data'));
    await patiently(() => seen).toEqual(['two']);
  });

  it('is told of as it is in the end, when it is written to part by part', async () => {
    follow(20);
    let text = '';
    for (let part = 0; part < 40; part += 1) await writeFile(path, (text += `${part} `));
    await patiently(() => seen.at(-1)).toBe(text);
  });
});
