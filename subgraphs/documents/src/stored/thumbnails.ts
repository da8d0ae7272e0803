import type { Readable } from 'node:stream';
import { FileStoreError, type FileStore, type StoredFile } from '@buffrsign/files';
import pLimit from 'p-limit';
import type { Database } from '../database.ts';
import { renderThumbnail, type Refusal } from '../pdf/index.ts';
import { withLocalCopy, type StoredName } from './local-copy.ts';
import { oneChunk } from './page-texts.ts';

/** An image: a page, from 1, of a stored PDF, in a width in pixels. */
export interface PageImage extends StoredName {
  readonly page: number;
  readonly width: number;
}

export interface OpenImage {
  readonly ok: true;
  readonly size: number;
  readonly png: Readable;
}

/** Images of pages, each drawn once for some content and then kept in the file store. */
export interface Thumbnails {
  /** @throws FileStoreError; TooBusyError when too many images wait to be drawn */
  open(image: PageImage): Promise<OpenImage | Refusal>;
  close(): Promise<void>;
}

export class TooBusyError extends Error {
  override readonly name = 'TooBusyError';
}

/** One: the sandbox takes two, and an inspection must never wait behind a hundred images. */
const DRAWN_AT_ONCE = 1;
const MAX_WAITING = 100;
const MAX_BYTES = 32 * 1024 * 1024;

export const createThumbnails = (options: { db: Database; files: FileStore; now: () => Date }): Thumbnails => {
  const { db, files, now } = options;
  const queue = pLimit(DRAWN_AT_ONCE);
  const stop = new AbortController();
  const underWay = new Map<string, Promise<StoredFile | Refusal>>();

  const kept = async ({ organizationId, sha256, page, width }: PageImage): Promise<StoredFile | null> => {
    const row = await db.thumbnail.findUnique({ where: { organizationId_sha256_page_width: { organizationId, sha256, page, width } } });
    return row && { sha256: row.imageSha256, size: row.imageSize };
  };

  const draw = async (image: PageImage): Promise<StoredFile | Refusal> => {
    const { organizationId, sha256, page, width } = image;
    const drawn = await withLocalCopy(files, image, (path) => renderThumbnail(path, page, { maxWidth: width, signal: stop.signal }));
    if (!drawn.ok) return drawn;
    const stored = await files.put(organizationId, oneChunk(drawn.png), { maxBytes: MAX_BYTES });
    const made = { imageSha256: stored.sha256, imageSize: stored.size, createdAt: now() };
    const key = { organizationId, sha256, page, width };
    await db.thumbnail.upsert({ where: { organizationId_sha256_page_width: key }, create: { ...key, ...made }, update: made });
    return stored;
  };

  /** Who asks for an image that is being drawn waits for that one. */
  const drawOnce = (image: PageImage): Promise<StoredFile | Refusal> => {
    const key = `${image.organizationId} ${image.sha256} ${image.page} ${image.width}`;
    const present = underWay.get(key);
    if (present) return present;
    if (queue.pendingCount >= MAX_WAITING) throw new TooBusyError('Too many page images wait to be drawn.');
    const drawing = queue(() => draw(image)).finally(() => underWay.delete(key));
    underWay.set(key, drawing);
    return drawing;
  };

  const read = async (organizationId: string, { sha256, size }: StoredFile): Promise<OpenImage> => ({ ok: true, size, png: await files.read(organizationId, sha256) });

  return {
    async open(image) {
      const present = await kept(image);
      // An image that was lost is drawn anew; it is no evidence.
      const opened = present && (await read(image.organizationId, present).catch(nullIfAbsent));
      if (opened) return opened;
      const drawn = await drawOnce(image);
      return 'ok' in drawn ? drawn : read(image.organizationId, drawn);
    },
    async close() {
      stop.abort();
      await Promise.allSettled(underWay.values());
    },
  };
};

const nullIfAbsent = (error: unknown): null => {
  if (error instanceof FileStoreError && error.code === 'FILE_NOT_FOUND') return null;
  throw error;
};
