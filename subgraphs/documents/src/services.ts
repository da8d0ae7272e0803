import { fileStoreCheck, fileStoreConfigOf, openFileStore, type FileStore } from '@buffrsign/files';
import { open, seal, type Part, type ServiceSource } from '@buffrsign/kernel';
import type { Database } from './database.ts';
import type { Env } from './env.ts';
import { createLinks, type Links } from './links/links.ts';
import { INSPECTION_LIMITS, type InspectionLimits } from './pdf/index.ts';
import { createPageTexts, type PageTexts } from './stored/page-texts.ts';
import { createThumbnails, type Thumbnails } from './stored/thumbnails.ts';

/** What this subgraph works with beside its database. */
export interface Services {
  readonly files: FileStore;
  readonly links: Links;
  readonly texts: PageTexts;
  readonly thumbnails: Thumbnails;
  /** Passwords of files lie in the database sealed, and only until the file was looked at. */
  readonly passwords: { seal(password: string): string; open(sealed: string): string };
  /** What is taken; `maxBytes` holds for uploads as well. */
  readonly limits: InspectionLimits;
}

export const createServices = async ({ db, env, kernel, tools }: ServiceSource<Database, Env>): Promise<Services> => {
  const files = await openFileStore(fileStoreConfigOf(env));
  return {
    files,
    links: createLinks({ publicUrl: env.DOCUMENTS_PUBLIC_URL, dataKey: kernel.dataKey, now: tools.now }),
    texts: createPageTexts(files),
    thumbnails: createThumbnails({ db, files, now: tools.now }),
    passwords: { seal: (password) => seal(password, kernel.dataKey), open: (sealed) => open(sealed, kernel.dataKey) },
    limits: { ...INSPECTION_LIMITS, maxBytes: env.MAX_UPLOAD_BYTES },
  };
};

/** Stopped after everything that uses it: jobs and the HTTP server. */
export const fileParts = ({ files, thumbnails }: Services): readonly Part[] => [
  {
    name: 'files',
    check: fileStoreCheck(files),
    async start() {},
    async stop() {
      await thumbnails.close();
      await files.close();
    },
  },
];
