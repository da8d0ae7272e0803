import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { postgresBinaries, postgresUser, type PostgresBinaries, type RunAs } from './postgres-binaries.ts';

const run = promisify(execFile);

export interface PostgresOptions {
  /** Where its data lie; made when it is not there. */
  readonly directory: string;
  readonly port: number;
  readonly password: string;
  /** False for tests: faster, and a power cut may lose everything. */
  readonly durable: boolean;
}

export interface Postgres {
  /** As `POSTGRES_URL`: the server, with its maintenance database. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Postgres did not start; the message ends with its own last words. */
export class PostgresError extends Error {
  override name = 'PostgresError';
}

const START_SECONDS = 30;

/** Small buffers: fourteen small databases on a laptop, not one large one on a server. */
const settings = (port: number, durable: boolean): string => {
  const pairs = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '24MB',
    max_connections: 200,
    max_wal_size: '256MB',
    jit: 'off',
    autovacuum_max_workers: 1,
    max_parallel_workers_per_gather: 0,
    max_logical_replication_workers: 0,
    io_method: 'sync',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(pairs)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
};

/** A port that nobody holds right now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const initialise = async ({ initdb }: PostgresBinaries, user: RunAs, { directory, password }: PostgresOptions): Promise<void> => {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // The user that Postgres runs as must be able to walk to its folder, which itself stays closed to others.
  if (user.uid !== undefined && user.gid !== undefined) {
    await chmod(dirname(directory), 0o755);
    await chown(directory, user.uid, user.gid);
  }
  const passwordFile = `${directory}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(passwordFile, user.uid, user.gid);
  try {
    await run(initdb, ['--pgdata', directory, '--username=buffrsign', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-sync'], { ...user, cwd: directory });
  } finally {
    await rm(passwordFile, { force: true });
  }
};

const lastWords = async (log: string): Promise<string> => {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-3).join('\n');
};

/** Ends the Postgres of a folder, also one that a killed platform left behind. */
export const stopPostgres = async (directory: string): Promise<void> => {
  if (!existsSync(join(directory, 'postmaster.pid'))) return;
  const { pg_ctl } = await postgresBinaries();
  await run(pg_ctl, ['stop', '--pgdata', directory, '--mode=fast', '--wait', '--silent'], { ...postgresUser(), cwd: directory }).catch(() => undefined);
};

/**
 * Starts the Postgres 18 that npm brought, on 127.0.0.1 only, apart from this process's signals: ctrl-C must not end it
 * under those who still write. `fresh`: its folder is new and is initialised first.
 *
 * @throws PostgresError with the last lines of its log.
 */
export const startPostgres = async (options: PostgresOptions, fresh: boolean): Promise<Postgres> => {
  const { directory, port, password, durable } = options;
  const binaries = await postgresBinaries();
  const user = postgresUser();
  if (fresh) await initialise(binaries, user, options);
  const log = join(directory, 'server.log');
  await run(binaries.pg_ctl, ['start', '--pgdata', directory, '--log', log, '--wait', '--timeout', String(START_SECONDS), '--silent', '--options', settings(port, durable)], { ...user, cwd: directory }).catch(async () => {
    throw new PostgresError(`Postgres does not start on ${directory}. Its last words:\n${await lastWords(log)}`);
  });
  return { url: `postgresql://buffrsign:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`, stop: () => stopPostgres(directory) };
};
