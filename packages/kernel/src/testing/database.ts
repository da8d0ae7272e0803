import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../data/migrate.ts';
import { createPool } from '../data/postgres.ts';
import { createLogger } from '../runtime/logger.ts';
import { prepareQueue } from '../tasks/worker.ts';

/** Any number that nothing else locks: one test file at a time makes templates. */
const TEMPLATE_LOCK = 7_263_903;

const withDatabase = (serverUrl: string, database: string): string => {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.toString();
};

const digestOf = async (directory: string): Promise<string> => {
  const hash = createHash('sha256');
  for (const name of (await readdir(directory)).sort()) {
    if (/^\d{14}_/.test(name)) hash.update(name).update(await readFile(join(directory, name, 'migration.sql')));
  }
  return hash.digest('hex').slice(0, 12);
};

const fill = async (url: string, migrations: string): Promise<void> => {
  await migrate(url, migrations);
  const pool = createPool({ url, size: 1, processName: 'buffrsign-template', log: createLogger('template', 'silent') });
  await prepareQueue(pool);
  await pool.end();
};

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A database of its own for a test file, cloned from a template that is made once for each state of the migrations:
 * real Postgres, real migrations, a few milliseconds.
 */
export const createTestDatabase = async (serverUrl: string, name: string, migrations: string): Promise<TestDatabase> => {
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  const template = `template_${name}_${await digestOf(migrations)}`;
  const database = `test_${name}_${randomBytes(5).toString('hex')}`;
  try {
    await server.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await server.query('select 1 from pg_database where datname = $1 and datistemplate', [template]);
    if (!rowCount) {
      await server.query(`drop database if exists ${template}`);
      await server.query(`create database ${template}`);
      await fill(withDatabase(serverUrl, template), migrations);
      await server.query(`alter database ${template} is_template true`);
    }
    await server.query(`create database ${database} template ${template}`);
  } finally {
    await server.end();
  }
  return {
    url: withDatabase(serverUrl, database),
    async drop() {
      const client = new pg.Client({ connectionString: serverUrl });
      await client.connect();
      await client.query(`drop database ${database} with (force)`);
      await client.end();
    },
  };
};
