import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK = 64 * 1024;

/** A small disk of its own for the files of the platform, which can be filled to the last byte. */
export interface StoreDisk {
  readonly directory: string;
  /** What the fault really is: a full disk where this system lets us mount one, else a folder that takes no files. */
  readonly kind: 'full disk' | 'no mount allowed here: left out';
  fill(): void;
  clear(): void;
  remove(): void;
}

/** Makes the disk. Mounting needs a privilege; without it the platform keeps its files in a plain folder and this fault is left out. */
export const createStoreDisk = (parent: string, megabytes: number): StoreDisk => {
  const directory = join(parent, 'files');
  mkdirSync(directory, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'buffrsign-faults', directory], { stdio: 'ignore' });
  } catch {
    return { directory, kind: 'no mount allowed here: left out', fill: () => undefined, clear: () => undefined, remove: () => rmSync(directory, { recursive: true, force: true }) };
  }
  const ballast = join(directory, 'ballast');
  return {
    directory,
    kind: 'full disk',
    fill() {
      const { bavail, bsize } = statfsSync(directory);
      let size = bavail * bsize;
      writeFileSync(ballast, '');
      // Others write at the same time: what does not fit any more is tried smaller.
      for (; size > BLOCK; size -= BLOCK) {
        try {
          writeFileSync(ballast, Buffer.alloc(size));
          return;
        } catch {
          truncateSync(ballast, 0);
        }
      }
    },
    clear: () => rmSync(ballast, { force: true }),
    remove() {
      execFileSync('umount', [directory]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
