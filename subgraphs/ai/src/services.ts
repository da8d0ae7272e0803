import { fileStoreCheck, fileStoreConfigOf, openFileStore, type FileStore } from '@buffrsign/files';
import type { Part, ServiceSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type { Env } from './env.ts';

/** What this subgraph works with beside its database. */
export interface Services {
  readonly files: FileStore;
}

export const createServices = async ({ env }: ServiceSource<Database, Env>): Promise<Services> => ({ files: await openFileStore(fileStoreConfigOf(env)) });

/** Stopped after everything that uses it. */
export const fileParts = ({ files }: Services): readonly Part[] => [{ name: 'files', start: () => Promise.resolve(), stop: () => files.close(), check: fileStoreCheck(files) }];
