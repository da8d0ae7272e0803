import { readdir, readFile } from 'node:fs/promises';

const parentOf = async (pid: string): Promise<string | undefined> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name of a program stands in brackets and may hold anything; the parent comes after it.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
};

/** A process and all that it started, with theirs. */
const familyOf = async (pid: number): Promise<string[]> => {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = new Map(await Promise.all(all.map(async (each) => [each, await parentOf(each)] as const)));
  const family = new Set([String(pid)]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const [each, parent] of parents) if (parent && family.has(parent)) family.add(each);
  }
  return [...family];
};

const pssOf = async (pid: string): Promise<number> => {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
};

/** Memory of a process and its children in MB: proportional (PSS), so that what they share is counted once. Linux only. */
export const memoryOf = async (pid: number): Promise<number> => {
  const sizes = await Promise.all((await familyOf(pid)).map(pssOf));
  return sizes.reduce((sum, size) => sum + size, 0);
};
