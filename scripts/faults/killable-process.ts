import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..', '..');
const READY_MS = 60_000;

/** A part of the platform as it runs for real, in a process that can be killed. It is started again by whoever killed it. */
export interface KillableProcess {
  readonly url: string;
  start(): Promise<void>;
  /** Waits until it answers that it is ready. */
  ready(): Promise<void>;
  kill(): Promise<void>;
}

export const createKillableProcess = (program: string, port: number, env: Readonly<Record<string, string>>, log: string): KillableProcess => {
  const url = `http://127.0.0.1:${port}`;
  const words = createWriteStream(log, { flags: 'a' });
  let child: ChildProcess | undefined;

  const gone = (): boolean => !child || child.exitCode !== null || child.signalCode !== null;
  const start = async (): Promise<void> => {
    // Whoever waits for it may have started it already.
    if (!gone()) return;
    child = spawn(process.execPath, [join(ROOT, program)], { cwd: ROOT, env: { ...env, PATH: process.env['PATH'], PORT: String(port), HOST: '127.0.0.1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout!.pipe(words, { end: false });
    child.stderr!.pipe(words, { end: false });
  };

  return {
    url,
    start,
    async ready() {
      for (const end = performance.now() + READY_MS; performance.now() < end; await pause(50)) {
        // A database that is just being started again may keep it from starting: an operator starts it once more.
        if (gone()) await start();
        const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
        if (answer?.ok) return;
      }
      throw new Error(`${program} on port ${port} did not get ready; see ${log}`);
    },
    async kill() {
      if (gone()) return;
      const exit = once(child!, 'exit');
      child!.kill('SIGKILL');
      await exit;
    },
  };
};
