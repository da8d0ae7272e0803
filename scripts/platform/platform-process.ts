import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** The platform as a process of its own, as `npm start` runs it. */
export interface PlatformProcess {
  readonly pid: number;
  readonly graphUrl: string;
  /** From the start of the process to ready, for a person who waits. */
  readonly seconds: number;
  /** Sends a signal and waits until the process is gone; gives its exit code, null when the signal ended it. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

/** It ended while starting; the message is what it said. */
export class StartFailedError extends Error {
  override name = 'StartFailedError';
  readonly exitCode: number | null;
  constructor(exitCode: number | null, words: string) {
    super(words);
    this.exitCode = exitCode;
  }
}

const ended = (child: ChildProcess): Promise<number | null> => (child.exitCode !== null || child.signalCode !== null ? Promise.resolve(child.exitCode) : new Promise((resolve) => child.once('exit', (code) => resolve(code))));

/** What `npm start` runs, flags and all. */
const startCommand = async (): Promise<readonly string[]> => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ');
};

/** Starts the embedded platform on a folder. @throws StartFailedError when it does not get ready. */
export const startPlatformProcess = async (options: { directory: string; port: number; args?: readonly string[]; env?: Readonly<Record<string, string>> }): Promise<PlatformProcess> => {
  const [program, ...flags] = await startCommand();
  const began = performance.now();
  const child = spawn(program!, [...flags, '--json', '--port', String(options.port), ...(options.args ?? [])], { env: { ...process.env, ...options.env, DATA_DIR: options.directory }, stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new StartFailedError(code, words.trim())));
  });
  const { graphUrl } = JSON.parse(await ready) as { graphUrl: string };
  return {
    pid: child.pid!,
    graphUrl,
    seconds: (performance.now() - began) / 1_000,
    end: (signal) => {
      child.kill(signal);
      return ended(child);
    },
  };
};
