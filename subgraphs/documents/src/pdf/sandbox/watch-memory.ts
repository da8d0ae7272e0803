import { readFile } from 'node:fs/promises';

const INTERVAL_MS = 50;

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

/** proc_pid_status(5): the resident set, in kilobytes. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
