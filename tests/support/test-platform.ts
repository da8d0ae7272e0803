import { createLogger } from '@buffrsign/kernel/platform';
import { createTestDatabase, testSecrets } from '@buffrsign/kernel/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createGraphClient, type GraphClient } from '../../scripts/demo/client.ts';
import { startPlatform, type RunningPlatform } from '../../scripts/platform/platform.ts';
import { subgraphs } from '../../subgraphs/index.ts';

export interface TestPlatform {
  readonly url: string;
  readonly directory: string;
  readonly mails: string;
  readonly platform: RunningPlatform;
  readonly databaseUrls: ReadonlyMap<string, string>;
  graph(accessToken?: string): GraphClient;
  stop(): Promise<void>;
}

/** Fifteen ports that no other test file of this run uses. */
const portOf = (worker: string): number => 23_000 + Number(worker) * 20;

/** The whole platform in the test's own process, each subgraph on a database cloned for this file. */
export const startTestPlatform = async (env: Readonly<Record<string, string>> = {}): Promise<TestPlatform> => {
  const directory = await mkdtemp(join(tmpdir(), 'buffrsign-platform-'));
  const databases = new Map(await Promise.all(subgraphs.map(async ({ name }) => [name, await createTestDatabase(inject('postgresUrl'), name, join('prisma', name, 'migrations'))] as const)));
  const databaseUrls = new Map([...databases].map(([name, { url }]) => [name as string, url]));
  const port = portOf(process.env['VITEST_POOL_ID'] ?? '0');
  const mails = join(directory, 'mails');
  const platform = await startPlatform({
    env: {
      ...testSecrets,
      HOST: '127.0.0.1',
      POSTGRES_POOL: '5',
      FILES_DIR: join(directory, 'files'),
      MAIL_DIR: mails,
      TRUST_DIR: join(directory, 'trust'),
      VERIFICATION_DIR: join(directory, 'verifications'),
      DOCUMENTS_PUBLIC_URL: `http://localhost:${port + 2}`,
      SIGNING_URL: `http://localhost:${port}/sign/{token}`,
      ...Object.fromEntries([...databaseUrls].map(([name, url]) => [`${name.toUpperCase()}_DATABASE_URL`, url])),
      ...env,
    },
    port,
    log: createLogger('platform', process.env['TEST_LOG'] ?? 'silent'),
  });
  return {
    url: platform.gateway.url,
    directory,
    mails,
    platform,
    databaseUrls,
    graph: (accessToken) => createGraphClient(platform.gateway.url, accessToken),
    async stop() {
      await platform.stop();
      await Promise.all([...databases.values()].map((database) => database.drop()));
      await rm(directory, { recursive: true, force: true });
    },
  };
};
