import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffSchemas } from '@buffrsign/kernel/platform';
import { readSchema, snapshotOf } from './migrations/prisma-schema.ts';
import { freePort, startPostgres } from './platform/postgres.ts';

/**
 * Writes the next migration of a subgraph: what leads from the schema that the last migration was made for to the
 * schema as it is now. `npm run new:migration -- documents add-page-sizes`
 */
const [subgraph, purpose] = process.argv.slice(2);
if (!subgraph || !purpose || !/^[a-z0-9-]+$/.test(purpose)) {
  console.error('Say which subgraph and what for: npm run new:migration -- documents add-page-sizes');
  process.exit(1);
}

const migrations = join('prisma', subgraph, 'migrations');
/** The schema that the last migration was made for, kept beside the migrations: nothing has to be introspected. */
const snapshot = join(migrations, 'schema.snapshot');

/** The engine wants a real server to ask for its dialect; this one lives for the length of the question. */
const withPostgres = async <Result>(work: (url: string) => Promise<Result>): Promise<Result> => {
  const directory = await mkdtemp(join(tmpdir(), 'buffrsign-migration-'));
  const postgres = await startPostgres({ directory: join(directory, 'postgres'), port: await freePort(), password: 'for-one-question', durable: false }, true);
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
};

const now = await readSchema(subgraph);
const before = await readFile(snapshot, 'utf8').catch(() => null);
const sql = await withPostgres((url) => diffSchemas(url, before === null ? null : [['schema.prisma', before]], now));
if (sql.includes('This is an empty migration')) {
  console.log(`The schema of ${subgraph} has not changed since its last migration.`);
  process.exit(0);
}

const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const name = `${stamp}_${purpose.replaceAll('-', '_')}`;
await mkdir(join(migrations, name), { recursive: true });
await writeFile(join(migrations, name, 'migration.sql'), sql);
await writeFile(join(migrations, 'migration_lock.toml'), 'provider = "postgresql"\n');
await writeFile(snapshot, snapshotOf(now));
console.log(`Wrote ${join(migrations, name, 'migration.sql')}. Read it before you commit it.`);
