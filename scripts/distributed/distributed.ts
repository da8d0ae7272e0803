import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { subgraphs } from '../../subgraphs/index.ts';
import { createDatabases } from '../platform/databases.ts';
import { silentProgress, type Progress } from '../platform/progress.ts';
import { readComposeFile, type ComposeProcess } from './compose-file.ts';
import { onThisMachine, type Surroundings } from './on-this-machine.ts';

export interface DistributedOptions extends Surroundings {
  readonly actorTokenSecret: string;
  readonly dataKey: string;
  readonly progress?: Progress;
  /** Overrides the ports of the file by so much, so that a test does not meet a platform that runs beside it. */
  readonly portOffset?: number;
}

export interface DistributedPlatform {
  readonly graphUrl: string;
  readonly pids: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

const READY_MS = 60_000;
const STOP_MS = 15_000;

const shift = (process: ComposeProcess, offset: number): ComposeProcess => ({
  ...process,
  environment: Object.fromEntries(
    Object.entries(process.environment).map(([key, value]) => [key, key === 'PORT' || key === 'METRICS_PORT' ? String(Number(value) + offset) : value.replace(/(127\.0\.0\.1|localhost):(80\d\d)\b/g, (_all, host: string, port: string) => `${host}:${Number(port) + offset}`)]),
  ),
});

const startProcess = ({ name, command, environment }: ComposeProcess, directory: string): ChildProcess => {
  const [program, ...args] = command;
  // `node` is the one that npm brought, as it is the image's in a container.
  const child = spawn(program!, args, { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(directory, 'compile-cache'), ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(join(directory, `${name}.log`));
  child.stdout!.pipe(log, { end: false });
  child.stderr!.pipe(log, { end: false });
  return child;
};

const ready = async (name: string, port: number, child: ChildProcess, directory: string): Promise<void> => {
  const end = performance.now() + READY_MS;
  while (performance.now() < end) {
    if (child.exitCode !== null) break;
    const ok = await fetch(`http://127.0.0.1:${port}/health/ready`).then((response) => response.ok, () => false);
    if (ok) return;
    await pause(100);
  }
  throw new Error(`${name} did not get ready. Its log says why: ${join(directory, `${name}.log`)}`);
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
};

/** Starts the fifteen processes of docker-compose.yml on this machine. Where one does not get ready, all are stopped. */
export const startDistributed = async (options: DistributedOptions): Promise<DistributedPlatform> => {
  const { directory, postgresUrl, progress = silentProgress, portOffset = 0 } = options;
  await mkdir(directory, { recursive: true });
  progress.step('databases', subgraphs.length);
  await createDatabases(postgresUrl, subgraphs.map(({ name }) => name), progress.part);

  const filled = { ...process.env, POSTGRES_PASSWORD: 'unused', ACTOR_TOKEN_SECRET: options.actorTokenSecret, DATA_KEY: options.dataKey };
  const all = await readComposeFile('docker-compose.yml', filled);
  const names = [...all.map(({ name }) => name), 'postgres', 'redis', 'mail'];
  const processes = all.map((process) => shift(onThisMachine(process, names, options), portOffset));
  const children = new Map<string, ChildProcess>();
  const stop = async (): Promise<void> => {
    // The gateway first: what comes in ends before what it needs.
    const gateway = children.get('gateway');
    if (gateway) await end(gateway);
    await Promise.all([...children.values()].map(end));
  };

  try {
    progress.step('processes', processes.length);
    for (const group of [processes.filter(({ name }) => name !== 'gateway'), processes.filter(({ name }) => name === 'gateway')]) {
      for (const process of group) children.set(process.name, startProcess(process, directory));
      await Promise.all(
        group.map(async ({ name, environment }) => {
          await ready(name, Number(environment['PORT']), children.get(name)!, directory);
          progress.part(name);
        }),
      );
    }
    progress.done();
  } catch (error) {
    await stop();
    throw error;
  }
  return { graphUrl: `http://localhost:${8000 + portOffset}/graphql`, pids: new Map([...children].map(([name, child]) => [name, child.pid!])), stop };
};
