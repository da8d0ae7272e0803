import type { Readable } from 'node:stream';

/** What a stored file is known by: the SHA-256 of its content in lower-case hex, and its size in bytes. */
export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
}

export interface PutLimits {
  /** The largest content taken, in bytes. One byte more is refused with `FILE_TOO_LARGE`. */
  readonly maxBytes: number;
}

/**
 * Files by their content: what a file holds is its name, so a stored file cannot change unnoticed.
 *
 * Every file belongs to one organization; the same content of two organizations is two files.
 * Every method rejects with a {@link FileStoreError}: `INVALID_KEY` for an id or a hash of the wrong
 * shape, `STORE_UNAVAILABLE` when the disk or the bucket cannot be used; others are named below.
 */
export interface FileStore {
  /**
   * Takes a stream to its end, then shows the file as a whole or not at all.
   * Putting content that is already there succeeds, and mends it if it was damaged.
   * An error of the source itself is passed on as it is.
   *
   * @throws FileStoreError `FILE_TOO_LARGE`, `NO_SPACE`
   */
  put(organizationId: string, source: AsyncIterable<Uint8Array>, limits: PutLimits): Promise<StoredFile>;

  /**
   * The content as a stream that checks the hash on the way. A damaged file ends in an error,
   * and its last bytes are withheld, so a reader never sees a damaged file as complete.
   *
   * @throws FileStoreError `FILE_NOT_FOUND` at once; `FILE_DAMAGED` as the error of the stream
   */
  read(organizationId: string, sha256: string): Promise<Readable>;

  /**
   * The whole content, its hash checked.
   *
   * @throws FileStoreError `FILE_NOT_FOUND`, `FILE_DAMAGED`
   */
  readAll(organizationId: string, sha256: string): Promise<Uint8Array>;

  /**
   * Size without reading. Says nothing about damage.
   *
   * @throws FileStoreError `FILE_NOT_FOUND`
   */
  stat(organizationId: string, sha256: string): Promise<StoredFile>;

  /** Whether the file is there. Says nothing about damage. */
  has(organizationId: string, sha256: string): Promise<boolean>;

  /** Removes a file; one that is not there is no error. The caller knows that nobody else needs this content. */
  delete(organizationId: string, sha256: string): Promise<void>;

  /** Lets go of connections. Call it once, when nothing is under way any more. */
  close(): Promise<void>;
}

/** Files in a folder. Processes on one machine may share it. */
export interface DiskConfig {
  readonly kind: 'disk';
  readonly directory: string;
}

/** Files in a bucket of anything that speaks Amazon's S3 REST API. */
export interface S3Config {
  readonly kind: 's3';
  readonly bucket: string;
  readonly region: string;
  /** Base address, for stores other than Amazon's; the bucket is then part of the path. */
  readonly endpoint?: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Where uploads wait until their hash is known. Default: a folder in the system's temporary directory. */
  readonly spoolDirectory?: string;
  /** How long the bucket may keep silent, in milliseconds. Default 30 000. */
  readonly silenceMs?: number;
}

export type FileStoreConfig = DiskConfig | S3Config;
