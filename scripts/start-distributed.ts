import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { startDistributed } from './distributed/distributed.ts';
import { createProgress } from './platform/progress.ts';

/**
 * `npm run start:distributed`: the fifteen processes of docker-compose.yml, without Docker, on the Postgres and the Redis
 * that POSTGRES_URL and REDIS_URL name. Secrets are made up once and kept, unless the environment has them.
 */
const directory = resolve(process.env['DATA_DIR'] ?? '.data', 'distributed');
const { POSTGRES_URL: postgresUrl, REDIS_URL: redisUrl, SMTP_URL: smtpUrl } = process.env;
if (!postgresUrl || !redisUrl) {
  console.error('Set POSTGRES_URL and REDIS_URL, for example:\n  POSTGRES_URL=postgresql://me@127.0.0.1:5432/postgres REDIS_URL=redis://127.0.0.1:6379 npm run start:distributed');
  process.exit(1);
}

const readSecrets = async (): Promise<{ actorTokenSecret: string; dataKey: string }> => {
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'secrets.json');
  const secret = () => randomBytes(32).toString('base64url');
  await writeFile(file, JSON.stringify({ actorTokenSecret: secret(), dataKey: secret() }), { mode: 0o600, flag: 'wx' }).catch(() => undefined);
  const kept = JSON.parse(await readFile(file, 'utf8')) as { actorTokenSecret: string; dataKey: string };
  return { actorTokenSecret: process.env['ACTOR_TOKEN_SECRET'] ?? kept.actorTokenSecret, dataKey: process.env['DATA_KEY'] ?? kept.dataKey };
};

/** Listened for from the first moment: who is asked to stop while starting still stops what was started. */
const stopAsked = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
});

try {
  const platform = await startDistributed({ postgresUrl, redisUrl, smtpUrl, directory, ...(await readSecrets()), progress: createProgress(2) });
  const shown = relative(process.cwd(), directory);
  console.log(`
  BuffrSign runs as ${platform.pids.size} processes.

  Graph          ${platform.graphUrl}
  Logs           ${shown}/<name>.log
${smtpUrl ? `  Mails          ${smtpUrl}` : `  Caught mails   ${shown}/mails`}

  Next:  npm run demo -- contract.pdf${smtpUrl ? '' : ` --mails ${shown}/mails`}
  ctrl-C stops all of them.
`);
  await stopAsked;
  await platform.stop();
  process.exit(0);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
