import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { memoryOf } from './memory.ts';

/** Seconds from the second start to ready, and megabytes of the whole platform at rest, Node and Postgres. */
const SECONDS_MAX = 5;
const MEGABYTES_MAX = 500;
/** Long enough for idle connections and the heap of the start to be given back. */
const REST_MS = 20_000;
const PORT = 18_000;

interface Started {
  readonly child: ChildProcess;
  readonly seconds: number;
}

const start = (directory: string): Promise<Started> => {
  const began = performance.now();
  const child = spawn('node', ['scripts/start.ts', '--json', '--port', String(PORT)], { env: { ...process.env, DATA_DIR: directory }, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', () => resolve({ child, seconds: (performance.now() - began) / 1_000 }));
    child.once('exit', (code) => reject(new Error(`The platform ended with ${code} while starting.`)));
  });
};

const stop = async ({ child }: Started): Promise<void> => {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
};

/** Starts the platform twice on a new folder, and weighs it at rest. */
export default async (): Promise<boolean> => {
  const directory = await mkdtemp(join(tmpdir(), 'buffrsign-bench-'));
  try {
    const first = await start(directory);
    console.log(`first start   ${first.seconds.toFixed(1)} s`);
    await stop(first);
    const second = await start(directory);
    console.log(`second start  ${second.seconds.toFixed(1)} s  (at most ${SECONDS_MAX})`);
    await pause(REST_MS);
    const postmaster = Number((await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    const [node, postgres] = [await memoryOf(second.child.pid!), await memoryOf(postmaster)];
    console.log(`at rest       ${Math.round(node + postgres)} MB  (at most ${MEGABYTES_MAX}; Node ${Math.round(node)}, Postgres ${Math.round(postgres)})`);
    await stop(second);
    return second.seconds <= SECONDS_MAX && node + postgres <= MEGABYTES_MAX;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
