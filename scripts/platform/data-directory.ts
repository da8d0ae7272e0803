import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, statfs, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Something about the surroundings that keeps the platform from starting; the message says what to do. */
export class CannotStartError extends Error {
  override name = 'CannotStartError';
}

/** What the platform made up for itself at its first start. */
export interface Secrets {
  readonly actorTokenSecret: string;
  readonly dataKey: string;
  readonly postgresPassword: string;
  readonly demoPassword: string;
}

export interface DataDirectory {
  readonly path: string;
  readonly secrets: Secrets;
  /** Whether Postgres has yet to be initialised. */
  readonly fresh: boolean;
  release(): Promise<void>;
}

/** Fourteen databases, their logs and a few documents; with less than this the first start would end half way. */
const FREE_BYTES = 600 * 1024 * 1024;
const POSTGRES_MAJOR = '18';
const beginAnew = 'npm start -- --reset begins anew (everything in it is deleted).';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The process that holds the folder, or undefined; a process that died holds nothing. */
export const holderOf = async (path: string): Promise<number | undefined> => {
  const pid = Number(await readFile(join(path, 'platform.pid'), 'utf8').catch(() => ''));
  if (!pid || pid === process.pid || !isAlive(pid)) return undefined;
  // After a restart of the machine the number may belong to somebody else.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'start');
  return command.includes('start') ? pid : undefined;
};

const lock = async (path: string): Promise<void> => {
  const file = join(path, 'platform.pid');
  const holder = await holderOf(path);
  if (holder) throw new CannotStartError(`BuffrSign already runs here (process ${holder}). Use it, or stop it with ctrl-C before you start it again.`);
  await rm(file, { force: true });
  const handle = await open(file, 'wx').catch(() => {
    throw new CannotStartError('BuffrSign is being started here by another process. Wait for it, or stop it.');
  });
  await handle.writeFile(String(process.pid));
  await handle.close();
};

const readSecrets = async (path: string, fresh: boolean): Promise<Secrets> => {
  const file = join(path, 'secrets.json');
  if (!existsSync(file) && fresh) {
    const secret = () => randomBytes(32).toString('base64url');
    const made: Secrets = { actorTokenSecret: secret(), dataKey: secret(), postgresPassword: secret(), demoPassword: `kudu-${randomBytes(6).toString('hex')}` };
    await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600, flag: 'wx' });
  }
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Secrets;
  } catch {
    throw new CannotStartError(`${file} is missing or damaged, and without it the databases beside it cannot be opened. Put it back, or: ${beginAnew}`);
  }
};

/** Whether Postgres is yet to be initialised. @throws CannotStartError when its folder is there but is not whole. */
const isFresh = async (path: string): Promise<boolean> => {
  const postgres = join(path, 'postgres');
  const there = (await readdir(postgres).catch(() => [])).length > 0;
  if (!there) return true;
  const version = (await readFile(join(postgres, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === POSTGRES_MAJOR && existsSync(join(postgres, 'global', 'pg_control')) && existsSync(join(path, 'initialised'))) return false;
  // The first start ended before its databases were all there: there is nothing in it to lose.
  if (!existsSync(join(path, 'initialised'))) {
    await rm(postgres, { recursive: true, force: true });
    return true;
  }
  throw new CannotStartError(`The data in ${postgres} are not whole${version && version !== POSTGRES_MAJOR ? ` (made by Postgres ${version}, this is ${POSTGRES_MAJOR})` : ''}. Restore them from a copy, or: ${beginAnew}`);
};

const checkSpace = async (path: string): Promise<void> => {
  const { bavail, bsize } = await statfs(path);
  if (bavail * bsize < FREE_BYTES) throw new CannotStartError(`The disk of ${path} has ${Math.round((bavail * bsize) / 1024 / 1024)} MB left; BuffrSign needs ${FREE_BYTES / 1024 / 1024} MB. Free some space and start again.`);
};

/** Takes hold of the folder in which everything lies; one process at a time. */
export const openDataDirectory = async (path: string): Promise<DataDirectory> => {
  await mkdir(path, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new CannotStartError(`${path} cannot be made: ${error.message}. Choose another folder with DATA_DIR, or give yourself the right to write there.`);
  });
  await lock(path);
  try {
    const fresh = await isFresh(path);
    if (fresh) await checkSpace(path);
    return { path, fresh, secrets: await readSecrets(path, fresh), release: () => unlink(join(path, 'platform.pid')).catch(() => undefined) };
  } catch (error) {
    await unlink(join(path, 'platform.pid')).catch(() => undefined);
    throw error;
  }
};

/** Says that the first start is through: from now on the folder holds something to lose. */
export const markInitialised = (path: string): Promise<void> => writeFile(join(path, 'initialised'), 'The databases of this folder were made completely.\n');
