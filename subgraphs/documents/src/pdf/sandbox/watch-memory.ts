import { readFile } from 'node:fs/promises';

const INTERVAL_MS = 50;
/** Linux on every machine this runs on: x86-64 and the usual arm64 kernels. */
const PAGE_BYTES = 4096;

/**
 * Calls `exceeded` once when a process holds more memory than it may; gives the function that stops watching.
 * Sees what the limits of single heaps do not: buffers outside of them. Linux only; elsewhere those limits stand alone.
 */
export function watchMemory(pid: number | undefined, maxBytes: number, exceeded: (bytes: number) => void): () => void {
  if (process.platform !== 'linux' || pid === undefined) return () => undefined;
  const timer = setInterval(() => {
    residentBytes(pid).then((bytes) => {
      if (bytes <= maxBytes) return;
      clearInterval(timer);
      exceeded(bytes);
    }, () => clearInterval(timer));
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

/** proc(5): the second number of `statm` is the resident set, in pages. */
const residentBytes = async (pid: number): Promise<number> => Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]) * PAGE_BYTES;
