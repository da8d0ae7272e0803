import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { subgraphs } from '../../subgraphs/index.ts';
import { CannotStartError, markInitialised, openDataDirectory, type DataDirectory } from './data-directory.ts';
import { createDatabases } from './databases.ts';
import { seedDemo, type DemoWorkspace } from './demo-workspace.ts';
import type { RunningPlatform } from './platform.ts';
import { portOf } from './port-of.ts';
import { assertPortsFree } from './ports.ts';
import { freePort, PostgresError, startPostgres, stopPostgres, type Postgres } from './postgres.ts';
import { silentProgress, type Progress } from './progress.ts';

export interface EmbeddedOptions {
  /** Folder in which everything lies: databases, files, mails, keys, logs. */
  readonly directory: string;
  /** The gateway's port; the subgraphs take the fourteen after it. */
  readonly port: number;
  readonly progress?: Progress;
  /** Settings beside those that the embedded platform makes up. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface EmbeddedPlatform {
  readonly graphUrl: string;
  readonly subscriptionUrl: string;
  readonly directory: string;
  readonly demo: DemoWorkspace;
  readonly platform: RunningPlatform;
  stop(): Promise<void>;
}

/** Steps that `startEmbedded` reports, setting up included. */
export const STEPS = 5;

/** Where the links in mails lead. */
export const linkSettings = (port: number) => ({
  SIGNING_URL: `http://localhost:${port}/sign/{token}`,
  VERIFICATION_URL: `http://localhost:${port}/verify`,
  INVITATION_URL: `http://localhost:${port}/invitations/{token}`,
  PASSWORD_RESET_URL: `http://localhost:${port}/reset-password/{token}`,
  EMAIL_VERIFICATION_URL: `http://localhost:${port}/verify-email/{token}`,
});

const settingsOf = (data: DataDirectory, postgresUrl: string, { port, env = {} }: EmbeddedOptions) => ({
  POSTGRES_URL: postgresUrl,
  ACTOR_TOKEN_SECRET: data.secrets.actorTokenSecret,
  DATA_KEY: data.secrets.dataKey,
  HOST: '127.0.0.1',
  POSTGRES_POOL: '5',
  FILES_DIR: join(data.path, 'files'),
  MAIL_DIR: join(data.path, 'mails'),
  TRUST_DIR: join(data.path, 'trust'),
  VERIFICATION_DIR: join(data.path, 'verifications'),
  DOCUMENTS_PUBLIC_URL: `http://localhost:${portOf(port, 'documents')}`,
  ...linkSettings(port),
  ...env,
});

const openPostgres = async (data: DataDirectory): Promise<Postgres> => {
  const directory = join(data.path, 'postgres');
  // A platform that was killed leaves its Postgres behind, in good order.
  if (!data.fresh) await stopPostgres(directory);
  try {
    return await startPostgres({ directory, port: await freePort(), password: data.secrets.postgresPassword, durable: true }, data.fresh);
  } catch (error) {
    if (error instanceof PostgresError) throw new CannotStartError(`${error.message}\nIf its data are damaged: restore ${directory} from a copy, or begin anew with npm start -- --reset.`);
    throw error;
  }
};

/** All the code that will run, with its libraries. */
const readCode = async () => {
  const [{ createLogger }, { loadSubgraph, startPlatform }] = await Promise.all([import('@buffrsign/kernel/platform'), import('./platform.ts')]);
  await Promise.all(subgraphs.map(({ name }) => loadSubgraph(name)));
  return { createLogger, startPlatform };
};

/** Starts everything in this process, on nothing but what npm brought. Where a step fails, those before it are undone. */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedPlatform> => {
  const { directory, port, progress = silentProgress } = options;
  await assertPortsFree([port, ...subgraphs.map(({ name }) => portOf(port, name))]);
  const data = await openDataDirectory(directory);
  const undo: (() => Promise<void>)[] = [data.release];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    progress.step('Postgres');
    // Read while Postgres starts: each takes about as long as the other.
    const code = readCode();
    code.catch(() => undefined);
    const postgres = await openPostgres(data);
    undo.push(postgres.stop);
    progress.step('databases', subgraphs.length);
    const made = await createDatabases(postgres.url, subgraphs.map(({ name }) => name), progress.part);
    for (const { name } of subgraphs) if (!made.includes(name)) progress.part(name);
    const { createLogger, startPlatform } = await code;
    const logFile = createWriteStream(join(directory, 'platform.log'), { flags: 'a' });
    const log = createLogger('buffrsign', options.env?.['LOG_LEVEL'] ?? 'info', logFile);
    const platform = await startPlatform({ env: settingsOf(data, postgres.url, options), port, log, progress });
    undo.push(platform.stop);
    progress.step('demo workspace');
    const demo = await seedDemo(platform, data.secrets.demoPassword);
    if (data.fresh) await markInitialised(directory);
    progress.done();
    log.info({ url: platform.gateway.url, subgraphs: subgraphs.length }, 'ready');
    return { graphUrl: platform.gateway.url, subscriptionUrl: platform.gateway.subscriptionUrl, directory, demo, platform, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

