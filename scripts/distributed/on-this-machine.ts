import { join } from 'node:path';
import type { ComposeProcess } from './compose-file.ts';

export interface Surroundings {
  readonly postgresUrl: string;
  readonly redisUrl: string;
  /** Keeps platforms that share the Redis apart; the file's own when left out. */
  readonly redisPrefix?: string;
  /** Without one, mails are caught in the folder. */
  readonly smtpUrl: string | undefined;
  /** Stands where a container would have its volumes. */
  readonly directory: string;
}

/** Names of services become this machine; what lies in volumes lies in a folder. */
const local = (value: string, names: readonly string[], directory: string): string =>
  names
    .reduce((text, name) => text.replaceAll(`//${name}:`, '//127.0.0.1:'), value)
    .replace(/^\/data\//, `${directory}/`);

/** A process of the compose file as it runs here, beside the Postgres and Redis that the environment names. */
export const onThisMachine = (process: ComposeProcess, names: readonly string[], { postgresUrl, redisUrl, redisPrefix, smtpUrl, directory }: Surroundings): ComposeProcess => {
  const environment: Record<string, string> = Object.fromEntries(Object.entries(process.environment).map(([key, value]) => [key, local(value, names, directory)]));
  if ('POSTGRES_URL' in environment) environment['POSTGRES_URL'] = postgresUrl;
  if ('REDIS_URL' in environment) environment['REDIS_URL'] = redisUrl;
  if (redisPrefix) environment['REDIS_PREFIX'] = redisPrefix;
  if ('SMTP_URL' in environment) {
    if (smtpUrl) environment['SMTP_URL'] = smtpUrl;
    else delete environment['SMTP_URL'];
    environment['MAIL_DIR'] = join(directory, 'mails');
  }
  return { ...process, environment: { ...environment, HOST: '127.0.0.1', METRICS_HOST: '127.0.0.1' } };
};
