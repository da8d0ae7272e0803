import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseOf } from '../../scripts/platform/databases.ts';

/** A database of an embedded platform that runs on a folder. */
export const databaseUrl = async (directory: string, subgraph: string): Promise<string> => {
  const lines = (await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  const { postgresPassword } = JSON.parse(await readFile(join(directory, 'secrets.json'), 'utf8')) as { postgresPassword: string };
  return `postgresql://buffrsign:${encodeURIComponent(postgresPassword)}@127.0.0.1:${lines[3]}/${databaseOf(subgraph)}`;
};
