import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort, startPostgres } from '../scripts/platform/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real Postgres, for this run of the tests only. */
    postgresUrl: string;
  }
}

/** One Postgres for the whole run; each test file clones its own databases from templates. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const directory = await mkdtemp(join(tmpdir(), 'buffrsign-test-'));
  const postgres = await startPostgres({ directory: join(directory, 'postgres'), port: await freePort(), password: 'only-for-tests', durable: false }, true);
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
};
