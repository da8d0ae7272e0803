import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Job } from './child/job.ts';
import type { Limits } from './limits.ts';

/** How a look at a file ended: by its answer, at a limit, or for a reason that need not lie in the file. */
export type SandboxEnd = { readonly kind: 'answered'; readonly answer: unknown } | { readonly kind: 'exhausted' | 'died'; readonly detail: string };

const ENTRY = new URL('./child/main.ts', import.meta.url);
const MEMORY_EVERY_MS = 50;
const COMPLAINT_CHARACTERS = 2_000;
/** How V8 ends a process that runs out of memory or stack. */
const CRASHES: readonly (NodeJS.Signals | null)[] = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGTRAP'];

/** The program itself and its libraries: all that the child may read. It may write nothing and start nothing. */
const readable = (): string[] => {
  const require = createRequire(import.meta.url);
  const root = `${sep}node_modules${sep}`;
  const library = require.resolve('zod');
  const pades = fileURLToPath(import.meta.resolve('@buffrsign/pades'));
  return [fileURLToPath(new URL('./', import.meta.url)), `${pades.slice(0, pades.lastIndexOf(`${sep}src${sep}`))}${sep}`, library.slice(0, library.lastIndexOf(root) + root.length)];
};

const start = (file: number, limits: Limits): ChildProcess =>
  fork(ENTRY, [String(limits.wallTimeMs)], {
    // Neither settings nor secrets.
    env: {},
    serialization: 'advanced',
    stdio: [file, 'ignore', 'pipe', 'ipc'],
    execArgv: [
      `--max-old-space-size=${Math.floor(limits.memoryBytes / 2 ** 20)}`,
      '--permission',
      '--allow-worker',
      ...readable().map((folder) => `--allow-fs-read=${folder}`),
      '--disallow-code-generation-from-strings',
      '--no-warnings',
    ],
  });

/** Bytes that a process holds, buffers included, which no limit of V8 counts; 0 where only Linux would say. */
const residentBytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
};

/**
 * Looks at an open file in a process of its own, which sees nothing but that file and is killed when it takes too long
 * or too much memory. It is gone when this resolves.
 */
export const lookInSandbox = (file: number, job: Job, limits: Limits): Promise<SandboxEnd> => {
  const { promise, resolve } = Promise.withResolvers<SandboxEnd>();
  const child = start(file, limits);
  let end: SandboxEnd | undefined;
  let complaint = '';
  const finish = (reached: SandboxEnd): void => {
    end ??= reached;
    child.kill('SIGKILL');
  };
  const deadline = setTimeout(() => finish({ kind: 'exhausted', detail: `more than ${limits.wallTimeMs} ms` }), limits.wallTimeMs);
  const watch = setInterval(async () => {
    const bytes = child.pid === undefined ? 0 : await residentBytes(child.pid);
    if (bytes > limits.memoryBytes) finish({ kind: 'exhausted', detail: `${bytes} bytes of memory` });
  }, MEMORY_EVERY_MS);
  const settle = (otherwise: SandboxEnd): void => {
    clearTimeout(deadline);
    clearInterval(watch);
    resolve(end ?? otherwise);
  };
  child.stderr?.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk.toString('latin1')}`.slice(-COMPLAINT_CHARACTERS)));
  child.once('message', (answer) => finish({ kind: 'answered', answer }));
  child.once('error', (error) => settle({ kind: 'died', detail: error.message }));
  child.once('close', (code, signal) => settle({ kind: CRASHES.includes(signal) ? 'exhausted' : 'died', detail: `${signal ?? `exit code ${code}`} ${complaint}`.trim() }));
  child.send(job, () => undefined);
  return promise;
};
