import { fork, type ChildProcess } from 'node:child_process';
import { open, stat } from 'node:fs/promises';
import pLimit from 'p-limit';
import type { Job } from '../inspection.ts';
import type { SandboxLimits } from '../limits.ts';
import { confinement } from './confinement.ts';
import { watchMemory } from './watch-memory.ts';

/** How a look at a document ended. */
export type SandboxEnd =
  | { readonly kind: 'answered'; readonly answer: unknown }
  /** A limit was hit, or the document brought the process down. */
  | { readonly kind: 'exhausted'; readonly detail: string }
  /** The process ended for a reason that need not lie in the document. */
  | { readonly kind: 'died'; readonly detail: string };

/** The files that the child is given, open. */
export interface SandboxFiles {
  readonly input: string;
  /** Made anew, for what the job makes of the document. */
  readonly output?: string;
}

/** Each may use a core and its whole memory limit. */
const MAX_AT_ONCE = 2;
const queue = pLimit(MAX_AT_ONCE);

const ENTRY = new URL('../child/main.ts', import.meta.url);
const STDERR_BYTES = 2_000;

/** How V8 and a crashing native library end a process: out of memory, out of stack, out of bounds. */
const CRASHES: readonly (NodeJS.Signals | null)[] = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGTRAP', 'SIGFPE'];

/**
 * Does a job on an untrusted file in a process of its own, which is killed when it takes too long or too much, and
 * which sees nothing but the file: no environment, no other file, no right to write or to start programs.
 * Jobs beyond {@link MAX_AT_ONCE} wait; waiting does not count as wall time.
 *
 * @throws the reason of `signal` when it is aborted; a system error when the file cannot be opened
 */
export const runInSandbox = (job: Job, { input, output }: SandboxFiles, limits: SandboxLimits, signal?: AbortSignal): Promise<SandboxEnd> =>
  queue(async () => {
    signal?.throwIfAborted();
    // The child gets open files, not their names: it cannot even learn where documents are kept.
    await using source = await open(input, 'r');
    await using target = output === undefined ? null : await open(output, 'w');
    return await supervise(start(job, [source.fd, target ? target.fd : 'ignore'], limits), limits, signal);
  });

function start(job: Job, [input, output]: [number, number | 'ignore'], { maxMemoryBytes, wallTimeMs }: SandboxLimits): ChildProcess {
  const child = fork(ENTRY, [String(wallTimeMs)], {
    env: {},
    stdio: [input, output, 'pipe', 'ipc'],
    execArgv: confinement(maxMemoryBytes),
  });
  // One that is gone before it hears of its job says so by its end.
  child.send(job, () => undefined);
  return child;
}

function supervise(child: ChildProcess, limits: SandboxLimits, signal?: AbortSignal): Promise<SandboxEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<SandboxEnd>();
  let end: SandboxEnd | undefined;
  let complaint = '';
  /** The first end counts; the process is gone before the caller hears of it. */
  const finish = (reached: SandboxEnd): void => {
    end ??= reached;
    child.kill('SIGKILL');
  };
  const abort = (): void => finish({ kind: 'died', detail: 'aborted' });
  const timer = setTimeout(() => finish({ kind: 'exhausted', detail: `more than ${limits.wallTimeMs} ms` }), limits.wallTimeMs);
  const stopWatching = watchMemory(child.pid, limits.maxMemoryBytes, (bytes) => finish({ kind: 'exhausted', detail: `${bytes} bytes of memory` }));
  signal?.addEventListener('abort', abort, { once: true });

  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString('latin1')).slice(-STDERR_BYTES)));
  child.on('message', (answer) => finish({ kind: 'answered', answer }));
  const settle = (otherwise: SandboxEnd): void => {
    clearTimeout(timer);
    stopWatching();
    signal?.removeEventListener('abort', abort);
    if (signal?.aborted) reject(signal.reason as Error);
    else resolve(end ?? otherwise);
  };
  child.once('error', (error) => settle({ kind: 'died', detail: error.message }));
  child.once('close', (code, killedBy) =>
    settle({ kind: CRASHES.includes(killedBy) ? 'exhausted' : 'died', detail: `${killedBy ?? `exit code ${code}`} ${complaint}`.trim() }));
  return promise;
}

/** Size in bytes, without opening. */
export const sizeOf = async (path: string): Promise<number> => (await stat(path)).size;
