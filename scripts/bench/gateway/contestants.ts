import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gatewayNodeOptions } from '../../distributed/compose-file.ts';
import { startHive, type HiveOptions } from '../../support/hive.ts';
import { benchEnv, cpuOf, startFile, type Told } from '../process.ts';
import type { RecordedCalls } from './record.ts';

/** A gateway in a process of its own, so that its work is counted apart from all others'. */
export interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** CPU that the process has used so far, in milliseconds: all its threads, user and system. */
  cpu(): Promise<number>;
  stop(): void;
}

const contestant = (name: string, url: string, child: ChildProcess): Contestant => ({ name, url, pid: child.pid!, cpu: () => cpuOf(child.pid!), stop: () => void child.kill('SIGKILL') });

const startOwn = async (name: string, file: string, args: readonly string[], told: Told = {}): Promise<Contestant> => {
  const { child, said } = await startFile<{ url: string }>(name, new URL(file, import.meta.url), args, told);
  return { ...contestant(name, said.url, child), stop: () => child.disconnect() };
};

/** Hive's gateway shares equal fetches of different clients unless told not to. That is another kind of work, so it is off. */
const HIVE_CONFIG = "export const gatewayConfig = { transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } } };\n";

const openHive = async (name: string, directory: string, supergraph: string, planner: HiveOptions['planner']): Promise<Contestant> => {
  const config = join(directory, 'gateway.config.mjs');
  await writeFile(config, HIVE_CONFIG);
  const { url, child } = await startHive({ supergraph, config, planner, env: benchEnv });
  return contestant(name, url, child);
};

export const OURS = 'this gateway, over HTTP';
export const IN_PROCESS = 'this gateway, in process';
export const FLOOR = 'floor';
export const JSON_FLOOR = 'floor that handles JSON';
export const STOCK = 'stock @apollo/gateway';
export const HIVE_JS = 'Hive, JavaScript planner';
export const HIVE_RUST = 'Hive, Rust planner';

/** Starts all of them, or those whose names are given. */
export const startContestants = async (directory: string, supergraph: string, recorded: RecordedCalls, only: readonly string[]): Promise<Contestant[]> => {
  // As it is started where it serves people.
  const ours = { nodeOptions: await gatewayNodeOptions('docker-compose.yml') };
  const starts: readonly [string, () => Promise<Contestant>][] = [
    [FLOOR, () => startOwn(FLOOR, 'floor.ts', [], { first: recorded })],
    [JSON_FLOOR, () => startOwn(JSON_FLOOR, 'floor.ts', ['json'], { first: recorded })],
    [OURS, () => startOwn(OURS, 'ours.ts', [supergraph], ours)],
    [IN_PROCESS, () => startOwn(IN_PROCESS, 'ours.ts', [supergraph, 'in-process'], ours)],
    [STOCK, () => startOwn(STOCK, 'stock.ts', [supergraph])],
    [HIVE_JS, () => openHive(HIVE_JS, directory, supergraph, 'JavaScript')],
    [HIVE_RUST, () => openHive(HIVE_RUST, directory, supergraph, 'Rust')],
  ];
  const started: Contestant[] = [];
  for (const [name, start] of starts) if (only.length === 0 || only.includes(name)) started.push(await start());
  return started;
};
