import type { SchemaFile } from '@buffrsign/kernel/platform';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The Prisma schema of a subgraph: its files, shared ones included, in the order of their names. */
export const readSchema = async (subgraph: string): Promise<readonly SchemaFile[]> => {
  const folder = join('prisma', subgraph);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const));
};

/** What `migrations/schema.snapshot` holds: the schema that the last migration was made for, as one text. */
export const snapshotOf = (schema: readonly SchemaFile[]): string => schema.map(([, text]) => text).join('\n');
