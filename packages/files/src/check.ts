import type { FileStore } from './file-store.ts';

/** A file that nobody has: asking for it shows whether the store answers. */
const NOBODY = 'org_nobody';
const NOTHING = '0'.repeat(64);

/** Whether a file store can be used at this moment, as a subgraph's readiness asks for it. */
export const fileStoreCheck = (files: FileStore): { readonly failure: string; run(): Promise<unknown> } => ({ failure: 'The store of its files does not answer.', run: () => files.has(NOBODY, NOTHING) });
