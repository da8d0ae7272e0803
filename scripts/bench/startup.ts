import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startPlatformProcess } from '../platform/platform-process.ts';
import { memoryOf } from './memory.ts';

/** Seconds from the second start to ready, and megabytes of the whole platform at rest, Node and Postgres. */
const SECONDS_MAX = 5;
const MEGABYTES_MAX = 500;
/** Long enough for idle connections and the heap of the start to be given back. */
const REST_MS = 20_000;
const PORT = 18_000;

/** Starts the platform twice on a new folder, and weighs it at rest. */
export default async (): Promise<boolean> => {
  const directory = await mkdtemp(join(tmpdir(), 'buffrsign-bench-'));
  try {
    const first = await startPlatformProcess({ directory, port: PORT });
    console.log(`first start   ${first.seconds.toFixed(1)} s`);
    await first.end('SIGTERM');
    const second = await startPlatformProcess({ directory, port: PORT });
    console.log(`second start  ${second.seconds.toFixed(1)} s  (at most ${SECONDS_MAX})`);
    await pause(REST_MS);
    const postmaster = Number((await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    const [node, postgres] = [await memoryOf(second.pid), await memoryOf(postmaster)];
    console.log(`at rest       ${Math.round(node + postgres)} MB  (at most ${MEGABYTES_MAX}; Node ${Math.round(node)}, Postgres ${Math.round(postgres)})`);
    await second.end('SIGTERM');
    return second.seconds <= SECONDS_MAX && node + postgres <= MEGABYTES_MAX;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
