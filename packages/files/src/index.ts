export { fileStoreCheck } from './check.ts';
export { openFileStore } from './open-file-store.ts';
export { fileStoreConfigOf, fileStoreSettings, type FileStoreSettings } from './settings.ts';
export { FileStoreError, type FileStoreErrorCode } from './errors.ts';
export type { DiskConfig, FileStore, FileStoreConfig, PutLimits, S3Config, StoredFile } from './file-store.ts';
