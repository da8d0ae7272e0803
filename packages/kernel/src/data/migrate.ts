import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { withSchemaEngine } from './schema-engine.ts';

/** Any number that nothing else locks: one migration at a time in a database, whoever starts. */
const MIGRATION_LOCK = 7_263_901;

const readMigrations = async (directory: string) => {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  return Promise.all(
    names.map(async (path) => ({
      path,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: await readFile(join(directory, path, 'migration.sql'), 'utf8') } as const },
    })),
  );
};

const appliedNames = async (client: pg.Client): Promise<string[]> => {
  const table = await client.query(`select to_regclass('_prisma_migrations') is not null as there`);
  if (!table.rows[0].there) return [];
  const rows = await client.query<{ migration_name: string }>('select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by migration_name');
  return rows.rows.map((row) => row.migration_name);
};

/**
 * Brings a database to the newest migration of a folder, in Prisma's own `_prisma_migrations` table, so that
 * `prisma migrate deploy` agrees. Returns the names it applied. Several processes may call it at once.
 *
 * @throws Error with Prisma's own words when a migration fails; the database then keeps the failed row that says so.
 */
export const migrate = async (databaseUrl: string, directory: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const [migrations, applied] = await Promise.all([readMigrations(directory), appliedNames(client)]);
    // The common case on every start but the first: the engine is not even loaded.
    if (migrations.every(({ path }) => applied.includes(path))) return [];
    const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, (engine) =>
      engine.applyMigrations({
        migrationsList: { baseDir: directory, lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' }, shadowDbInitScript: '', migrationDirectories: migrations },
        filters: { externalTables: [], externalEnums: [] },
      }),
    );
    return appliedMigrationNames;
  } finally {
    await client.end();
  }
};
