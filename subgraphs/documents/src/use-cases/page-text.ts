import { FileStoreError } from '@buffrsign/files';
import { found, Problem } from '@buffrsign/kernel';
import type { DocumentPage } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';

/** @throws Problem UNAVAILABLE while the file store does not answer */
export const pageText = async ({ load, services }: Context, page: DocumentPage): Promise<string | null> => {
  const version = found(await load.version.load(page.versionId));
  if (version.textSha256 === null) return null;
  const texts = await services.texts.of(version.organizationId, version.textSha256).catch(asUnavailable);
  return texts[page.number - 1] ?? '';
};

const asUnavailable = (error: unknown): never => {
  if (error instanceof FileStoreError && error.code === 'STORE_UNAVAILABLE') throw new Problem('UNAVAILABLE', { cause: error });
  throw error;
};
