import type { Attempt } from '@buffrsign/kernel';
import type { DocumentTools } from '../context.ts';
import { INSPECTION_ATTEMPTS } from '../domain/verdict.ts';
import { contentOf, examineFile, pageRowsOf } from './examine-file.ts';

/**
 * Inspects a sealed PDF, so that its pages can be shown. It stays what it is whatever comes of that: one that cannot be
 * inspected can still be downloaded.
 *
 * @throws Error to be tried again
 */
export const inspectVersion = async ({ db, services, transaction, log }: DocumentTools, versionId: string, attempt: Pick<Attempt, 'number' | 'signal'>): Promise<void> => {
  const version = await db.documentVersion.findUnique({ where: { id: versionId } });
  if (version?.pageCount !== null) return;
  // It was made here of a document within the limits, and may have grown by what was filled in and signed.
  const limits = { ...services.limits, maxBytes: Math.max(services.limits.maxBytes, version.size), maxPages: 2 * services.limits.maxPages };
  const seen = await examineFile(services, version, limits, attempt.signal);
  if (!seen.ok) {
    if (seen.refusal === 'INTERRUPTED' && attempt.number < INSPECTION_ATTEMPTS) throw new Error(`The version ${versionId} could not be inspected just now.`);
    return log.error({ versionId, refusal: seen.refusal, detail: seen.detail }, 'a sealed PDF cannot be inspected');
  }
  const textSha256 = await services.texts.keep(version.organizationId, seen.pages.map(({ text }) => text));
  await transaction(async (tx) => {
    const { count } = await tx.db.documentVersion.updateMany({ where: { id: versionId, pageCount: null }, data: contentOf(seen, textSha256) });
    if (count === 1) await tx.db.documentPage.createMany({ data: pageRowsOf(seen, versionId) });
  });
};
