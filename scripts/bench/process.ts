import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** As a server runs for real, and without what Apollo's libraries would send home. */
export const benchEnv = { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' };

/** CPU time of all threads of a process so far, user and system, in milliseconds. Linux only. */
export const cpuOf = async (pid: number): Promise<number> => {
  const threads = await readdir(`/proc/${pid}/task`);
  const times = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0')));
  return times.reduce((sum, line) => sum + Number(line.split(' ')[0]) / 1e6, 0);
};

/** Lets a process, with all its threads, run on these cores only, as `taskset` names them. Linux only. */
export const pinTo = async (cores: string, pid: number): Promise<void> => void (await promisify(execFile)('taskset', ['--all-tasks', '--cpu-list', '--pid', cores, String(pid)]));

/** What a process is told: at its start by Node's own options, and then by a first message. */
export interface Told {
  readonly nodeOptions?: readonly string[];
  readonly first?: object;
}

/** Starts one of our own files as a process; it says by a message where it listens. With BENCH_PROFILE=NAME, its CPU is profiled. */
export const startFile = async <Said extends object>(name: string, file: URL, args: readonly string[], { nodeOptions = [], first }: Told = {}): Promise<{ child: ChildProcess; said: Said }> => {
  const profiling = process.env['BENCH_PROFILE'] === name ? ['--cpu-prof', '--cpu-prof-dir=/tmp/gateway-profile'] : [];
  const child = fork(fileURLToPath(file), [...args], { env: benchEnv, execArgv: [...nodeOptions, ...profiling], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  if (first) child.send(first);
  const [said] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error(`${name} did not start`)))])) as [Said];
  return { child, said };
};
