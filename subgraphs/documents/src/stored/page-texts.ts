import type { FileStore } from '@buffrsign/files';
import { z } from 'zod';

/** The texts of documents' pages, which lie in the file store as a JSON array with one string a page. */
export interface PageTexts {
  /** @throws FileStoreError when the text cannot be read */
  of(organizationId: string, sha256: string): Promise<readonly string[]>;
  /** Stores texts and gives the hash by which they are found. @throws FileStoreError */
  keep(organizationId: string, texts: readonly string[]): Promise<string>;
}

const textsModel = z.array(z.string());

/** Texts at hand at once: a text has up to two million characters. */
const AT_HAND = 8;
/** Two million characters of JSON, each in its longest form. */
const MAX_BYTES = 16 * 1024 * 1024;

export const createPageTexts = (files: FileStore): PageTexts => {
  const atHand = new Map<string, Promise<readonly string[]>>();

  const read = async (organizationId: string, sha256: string): Promise<readonly string[]> =>
    textsModel.parse(JSON.parse(Buffer.from(await files.readAll(organizationId, sha256)).toString('utf8')));

  return {
    of(organizationId, sha256) {
      const key = `${organizationId}/${sha256}`;
      const texts = atHand.get(key) ?? read(organizationId, sha256);
      // Put in again as the newest: what was not asked for the longest goes first.
      atHand.delete(key);
      atHand.set(key, texts);
      if (atHand.size > AT_HAND) atHand.delete(atHand.keys().next().value!);
      texts.catch(() => atHand.delete(key));
      return texts;
    },
    async keep(organizationId, texts) {
      const { sha256 } = await files.put(organizationId, oneChunk(Buffer.from(JSON.stringify(texts))), { maxBytes: MAX_BYTES });
      return sha256;
    },
  };
};

export async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
