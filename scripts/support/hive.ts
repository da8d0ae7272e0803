import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * Hive's gateway: measured beside ours, and proof that another one can serve the same supergraph. It is hundreds of
 * packages that no installation of the platform should wait for, so it is kept in a folder of its own, where nothing
 * but this finds it, with a lock file of its own.
 */
const FOLDER = fileURLToPath(new URL('../../.data/hive', import.meta.url));
const WANTED = fileURLToPath(new URL('hive', import.meta.url));

const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** Installs it unless it is there: what the lock file says, and none of its install scripts. */
const install = async (): Promise<void> => {
  const lock = await read(join(WANTED, 'package-lock.json'));
  if ((await read(join(FOLDER, 'installed'))) === lock) return;
  console.log(`Installing Hive's gateway into ${FOLDER} (once, a minute or two)…`);
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await cp(WANTED, FOLDER, { recursive: true });
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`npm could not install Hive's gateway (exit code ${code}). Mend what it says above and try again.`);
  // Written last: what broke off is installed anew.
  await writeFile(join(FOLDER, 'installed'), lock);
};

/** The program, to be run by Node; installed when it is asked for the first time. */
export const hiveProgram = async (): Promise<string> => {
  await install();
  const folder = join(FOLDER, 'node_modules', '@graphql-hive', 'gateway');
  const { bin } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { bin: Readonly<Record<string, string>> };
  return join(folder, bin['hive-gateway']!);
};

const freePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

export interface HiveOptions {
  /** Path of the composed supergraph. */
  readonly supergraph: string;
  /** Path of its configuration. */
  readonly config: string;
  /** Plans in JavaScript, or in Rust. */
  readonly planner: 'JavaScript' | 'Rust';
  readonly env: NodeJS.ProcessEnv;
}

export interface Hive {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it wrote last, for whoever has to know why it does not work. */
  lastWords(): string;
}

const START_MS = 60_000;

/** Starts it on a free port of this machine and waits until it answers. */
export const startHive = async ({ supergraph, config, planner, env }: HiveOptions): Promise<Hive> => {
  const port = await freePort();
  const flags = planner === 'Rust' ? ['--hive-router-runtime'] : [];
  const child = spawn(process.execPath, [await hiveProgram(), 'supergraph', supergraph, '--config-path', config, '--host', '127.0.0.1', '--port', String(port), '--polling', '1h', ...flags], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (words = (words + String(chunk)).slice(-20_000)));
  const url = `http://127.0.0.1:${port}/graphql`;
  for (const end = performance.now() + START_MS; ; ) {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}' }).catch(() => undefined);
    if (answer?.ok) return { url, child, lastWords: () => words };
    if (performance.now() > end || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error(`Hive's gateway did not start:\n${words}`);
    }
    await pause(200);
  }
};
