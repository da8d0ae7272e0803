import { FileStoreError } from '@buffrsign/files';
import { newId, type Attempt } from '@buffrsign/kernel';
import type { Document, DocumentRefusalCode } from '../__generated__/prisma/client.ts';
import type { DocumentTools } from '../context.ts';
import { verdictOf, verdictOnLostFile, type Verdict } from '../domain/verdict.ts';
import { documentReady, documentRefused } from '../events.ts';
import type { Inspection, Refusal } from '../pdf/index.ts';
import { contentOf, examineFile, pageRowsOf } from './examine-file.ts';

type Uploaded = Document & { readonly sha256: string; readonly size: number };

/**
 * Inspects the file of a document and settles what becomes of it, once, however often this runs and wherever it ends.
 *
 * @throws Error to be tried again
 */
export const inspectDocument = async (tools: DocumentTools, documentId: string, attempt: Pick<Attempt, 'number' | 'signal'>): Promise<void> => {
  const document = await tools.db.document.findUnique({ where: { id: documentId } });
  if (!isUploaded(document)) return;
  const seen = await examineFile(tools.services, document, tools.services.limits, attempt.signal).catch(nullIfLost);
  const verdict = seen ? verdictOf(seen, attempt.number) : verdictOnLostFile(attempt.number);
  if (seen && !seen.ok) tools.log.info({ documentId, refusal: seen.refusal, detail: seen.detail, attempt: attempt.number }, 'file not taken');

  if (verdict.kind === 'again') throw new Error(`The file of ${documentId} could not be inspected just now.`);
  if (verdict.kind === 'refused') return markRefused(tools, document, verdict);
  if (seen?.ok) await markReady(tools, document, seen);
};

const isUploaded = (document: Document | null): document is Uploaded => document?.state === 'PROCESSING' && document.sha256 !== null && document.size !== null;

const nullIfLost = (error: unknown): Inspection | Refusal | null => {
  if (error instanceof FileStoreError && (error.code === 'FILE_NOT_FOUND' || error.code === 'FILE_DAMAGED')) return null;
  throw error;
};

const markReady = async ({ services, transaction }: DocumentTools, document: Uploaded, inspection: Inspection): Promise<void> => {
  const { id: documentId, organizationId, title, sha256, size, uploadedById: uploadedBy } = document;
  const textSha256 = await services.texts.keep(organizationId, inspection.pages.map(({ text }) => text));
  await transaction(async (tx) => {
    if (!(await settle(tx.db.document, documentId, { state: 'READY', readyAt: tx.now, updatedAt: tx.now }))) return;
    const versionId = newId('dov');
    await tx.db.documentVersion.create({ data: { id: versionId, organizationId, documentId, kind: 'ORIGINAL', sha256, size, createdAt: tx.now, ...contentOf(inspection, textSha256) } });
    await tx.db.documentPage.createMany({ data: pageRowsOf(inspection, versionId) });
    const pages = inspection.pages.map(({ number, width, height }) => ({ number, width, height }));
    await tx.publish(documentReady, { subject: documentId, organizationId }, { documentId, versionId, title, sha256, textSha256, size, pages, uploadedBy });
  });
};

const markRefused = ({ transaction }: DocumentTools, document: Uploaded, { code, message }: Extract<Verdict, { kind: 'refused' }>): Promise<void> =>
  transaction(async (tx) => {
    const { id: documentId, organizationId, title, uploadedById: uploadedBy } = document;
    if (!(await settle(tx.db.document, documentId, { state: 'REFUSED', refusedAt: tx.now, updatedAt: tx.now, refusalCode: code, refusalMessage: message }))) return;
    await tx.publish(documentRefused, { subject: documentId, organizationId }, { documentId, title, refusal: code, message, uploadedBy });
  });

interface Settled {
  readonly state: 'READY' | 'REFUSED';
  readonly updatedAt: Date;
  readonly readyAt?: Date;
  readonly refusedAt?: Date;
  readonly refusalCode?: DocumentRefusalCode;
  readonly refusalMessage?: string;
}

interface DocumentTable {
  updateMany(change: { where: { id: string; state: 'PROCESSING' }; data: Settled }): PromiseLike<{ count: number }>;
}

/** Whether this call settled it: only one ever does, and none once the document was deleted. */
const settle = async (documents: DocumentTable, id: string, data: Settled): Promise<boolean> => {
  const { count } = await documents.updateMany({ where: { id, state: 'PROCESSING' }, data });
  return count === 1;
};
