export type FileStoreErrorCode = 'FILE_TOO_LARGE' | 'FILE_NOT_FOUND' | 'FILE_DAMAGED' | 'INVALID_KEY' | 'NO_SPACE' | 'STORE_UNAVAILABLE';

/** Everything a file store refuses or fails with. The code is for programs, the message says what to do. */
export class FileStoreError extends Error {
  override readonly name = 'FileStoreError';
  readonly code: FileStoreErrorCode;

  constructor(code: FileStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const fileTooLarge = (maxBytes: number): FileStoreError =>
  new FileStoreError('FILE_TOO_LARGE', `The file is larger than ${maxBytes} bytes. Make it smaller or split it.`);

export const fileNotFound = (sha256: string): FileStoreError =>
  new FileStoreError('FILE_NOT_FOUND', `There is no file ${sha256} in this organization.`);

export const fileDamaged = (sha256: string): FileStoreError =>
  new FileStoreError('FILE_DAMAGED', `The stored file ${sha256} does not match its hash. Restore it from a backup, or put the same content again.`);

/** The named error for a failure of the disk or the network. One that already has a name keeps it. */
export function storeFailure(cause: unknown): FileStoreError {
  if (cause instanceof FileStoreError) return cause;
  if (isErrno(cause, 'ENOSPC') || isErrno(cause, 'EDQUOT')) {
    return new FileStoreError('NO_SPACE', 'The file store is full. Make room, then try again.', { cause });
  }
  return new FileStoreError('STORE_UNAVAILABLE', `The file store cannot be used now (${reasonOf(cause)}). Try again later.`, { cause });
}

export const isErrno = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return 'unknown reason';
  // A system error's message names paths and addresses, which belong in the log with the cause.
  return 'code' in cause ? String(cause.code) : cause.message;
};
