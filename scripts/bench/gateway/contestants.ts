import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { benchEnv, cpuOf, startFile } from '../process.ts';
import type { RecordedCalls } from './record.ts';
import { hiveProgram } from './rivals.ts';

/** A gateway in a process of its own, so that its work is counted apart from all others'. */
export interface Contestant {
  readonly name: string;
  readonly url: string;
  /** CPU that the process has used so far, in milliseconds: all its threads, user and system. */
  cpu(): Promise<number>;
  stop(): void;
}

const contestant = (name: string, url: string, child: ChildProcess): Contestant => ({ name, url, cpu: () => cpuOf(child.pid!), stop: () => void child.kill('SIGKILL') });

const startOwn = async (name: string, file: string, args: readonly string[], first?: RecordedCalls): Promise<Contestant> => {
  const { child, said } = await startFile<{ url: string }>(name, new URL(file, import.meta.url), args, first);
  return { ...contestant(name, said.url, child), stop: () => child.disconnect() };
};

const freePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

/** Hive's gateway shares equal fetches of different clients unless told not to. That is another kind of work, so it is off. */
const HIVE_CONFIG = "export const gatewayConfig = { transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } } };\n";

const startHive = async (name: string, directory: string, supergraph: string, flags: readonly string[]): Promise<Contestant> => {
  const config = join(directory, 'gateway.config.mjs');
  await writeFile(config, HIVE_CONFIG);
  const port = await freePort();
  const program = await hiveProgram();
  const child = spawn(process.execPath, [program, 'supergraph', supergraph, '--config-path', config, '--host', '127.0.0.1', '--port', String(port), '--polling', '1h', ...flags], { env: benchEnv, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}/graphql`;
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}' }).catch(() => undefined);
    if (answer?.ok) return contestant(name, url, child);
    if (tries > 150 || child.exitCode !== null) throw new Error(`${name} did not start`);
    await pause(200);
  }
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
    [HIVE_JS, () => startHive(HIVE_JS, directory, supergraph, [])],
    [HIVE_RUST, () => startHive(HIVE_RUST, directory, supergraph, ['--hive-router-runtime'])],
  ];
  const started: Contestant[] = [];
  for (const [name, start] of starts) if (only.length === 0 || only.includes(name)) started.push(await start());
  return started;
};
