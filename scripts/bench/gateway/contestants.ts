import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startHive, type HiveOptions } from '../../support/hive.ts';
import type { RecordedCalls } from './record.ts';

/** A gateway in a process of its own, so that its work is counted apart from all others'. */
export interface Contestant {
  readonly name: string;
  readonly url: string;
  /** CPU that the process has used so far, in milliseconds: all its threads, user and system. */
  cpu(): Promise<number>;
  stop(): void;
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const env = { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' };

/** CPU time of all threads of a process. Linux only. */
const cpuOf = async (pid: number): Promise<number> => {
  const threads = await readdir(`/proc/${pid}/task`);
  const times = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0')));
  return times.reduce((sum, line) => sum + Number(line.split(' ')[0]) / 1e6, 0);
};

const contestant = (name: string, url: string, child: ChildProcess): Contestant => ({ name, url, cpu: () => cpuOf(child.pid!), stop: () => void child.kill('SIGKILL') });

/** Starts one of our own files; it says by a message where it listens. With BENCH_PROFILE=NAME, its CPU is profiled. */
export const startFile = async <Said extends object>(name: string, file: string, args: readonly string[], first?: RecordedCalls): Promise<{ child: ChildProcess; said: Said }> => {
  const profiled = process.env['BENCH_PROFILE'] === name;
  const child = fork(here(file), [...args], { env, execArgv: profiled ? ['--cpu-prof', '--cpu-prof-dir=/tmp/gateway-profile'] : [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  if (first) child.send(first);
  const [said] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error(`${name} did not start`)))])) as [Said];
  return { child, said };
};

const startOwn = async (name: string, file: string, args: readonly string[], first?: RecordedCalls): Promise<Contestant> => {
  const { child, said } = await startFile<{ url: string }>(name, file, args, first);
  return { ...contestant(name, said.url, child), stop: () => child.disconnect() };
};

/** Hive's gateway shares equal fetches of different clients unless told not to. That is another kind of work, so it is off. */
const HIVE_CONFIG = "export const gatewayConfig = { transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } } };\n";

const openHive = async (name: string, directory: string, supergraph: string, planner: HiveOptions['planner']): Promise<Contestant> => {
  const config = join(directory, 'gateway.config.mjs');
  await writeFile(config, HIVE_CONFIG);
  const { url, child } = await startHive({ supergraph, config, planner, env });
  return contestant(name, url, child);
};

export const OURS = 'this gateway, over HTTP';
export const IN_PROCESS = 'this gateway, in process';
export const FLOOR = 'floor';
export const STOCK = 'stock @apollo/gateway';
export const HIVE_JS = 'Hive, JavaScript planner';
export const HIVE_RUST = 'Hive, Rust planner';

/** Starts all of them, or those whose names are given. */
export const startContestants = async (directory: string, supergraph: string, recorded: RecordedCalls, only: readonly string[]): Promise<Contestant[]> => {
  const starts: readonly [string, () => Promise<Contestant>][] = [
    [FLOOR, () => startOwn(FLOOR, 'floor.ts', [], recorded)],
    [OURS, () => startOwn(OURS, 'ours.ts', [supergraph])],
    [IN_PROCESS, () => startOwn(IN_PROCESS, 'ours.ts', [supergraph, 'in-process'])],
    [STOCK, () => startOwn(STOCK, 'stock.ts', [supergraph])],
    [HIVE_JS, () => openHive(HIVE_JS, directory, supergraph, 'JavaScript')],
    [HIVE_RUST, () => openHive(HIVE_RUST, directory, supergraph, 'Rust')],
  ];
  const started: Contestant[] = [];
  for (const [name, start] of starts) if (only.length === 0 || only.includes(name)) started.push(await start());
  return started;
};
