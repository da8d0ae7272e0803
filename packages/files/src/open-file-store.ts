import { openDiskFileStore } from './disk-file-store.ts';
import type { FileStore, FileStoreConfig } from './file-store.ts';

/**
 * Opens the store the configuration names and proves that it can be used.
 *
 * @throws FileStoreError `STORE_UNAVAILABLE` when the folder or the bucket cannot be used
 */
export async function openFileStore(config: FileStoreConfig): Promise<FileStore> {
  if (config.kind === 'disk') return openDiskFileStore(config);
  // Loaded when asked for: who keeps files on disk pays nothing for the network client.
  const { openS3FileStore } = await import('./s3-file-store.ts');
  return openS3FileStore(config);
}
