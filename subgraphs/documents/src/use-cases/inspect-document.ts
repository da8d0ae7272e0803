import { FileStoreError } from '@buffrsign/files';
import { newId, type Attempt } from '@buffrsign/kernel';
import type { Document, DocumentRefusalCode, Prisma } from '../__generated__/prisma/client.ts';
import type { DocumentTools } from '../context.ts';
import { verdictOf, verdictOnLostFile, type Verdict } from '../domain/verdict.ts';
import { documentReady, documentRefused } from '../events.ts';
import type { Inspection, Removal, SuggestedField } from '../pdf/index.ts';
import { contentOf, pageRowsOf, prepareFile, type PreparedFile } from './examine-file.ts';

type Uploaded = Document & { readonly sha256: string; readonly size: number };

/**
 * Prepares the file of a document and settles what becomes of it, once, however often this runs and wherever it ends.
 *
 * @throws Error to be tried again
 */
export const inspectDocument = async (tools: DocumentTools, documentId: string, attempt: Pick<Attempt, 'number' | 'signal'>): Promise<void> => {
  const { db, services, log } = tools;
  const document = await db.document.findUnique({ where: { id: documentId } });
  if (!isUploaded(document)) return;
  const password = document.sealedPassword === null ? undefined : services.passwords.open(document.sealedPassword);
  const seen = await prepareFile(services, document, password, attempt.signal).catch(nullIfLost);
  const verdict = seen ? verdictOf(seen, attempt.number) : verdictOnLostFile(attempt.number);
  if (seen && !seen.ok) log.info({ documentId, refusal: seen.refusal, detail: seen.detail, attempt: attempt.number }, 'file not taken');

  if (verdict.kind === 'again') throw new Error(`The file of ${documentId} could not be inspected just now.`);
  if (verdict.kind === 'refused') return markRefused(tools, document, verdict);
  if (seen?.ok) await markReady(tools, document, seen);
};

const isUploaded = (document: Document | null): document is Uploaded => document?.state === 'PROCESSING' && document.sha256 !== null && document.size !== null;

const nullIfLost = (error: unknown): null => {
  if (error instanceof FileStoreError && (error.code === 'FILE_NOT_FOUND' || error.code === 'FILE_DAMAGED')) return null;
  throw error;
};

const markReady = async ({ services, transaction }: DocumentTools, document: Uploaded, { preparation, file }: PreparedFile): Promise<void> => {
  const { id: documentId, organizationId, title, uploadedById: uploadedBy } = document;
  const { original, prepared, emptySignatureFields, removed, fields } = preparation;
  const textOf = ({ pages }: Inspection): Promise<string> => services.texts.keep(organizationId, pages.map(({ text }) => text));
  const [originalText, textSha256] = [await textOf(original), await textOf(prepared)];
  await transaction(async (tx) => {
    if (!(await settle(tx.db.document, document, { state: 'READY', readyAt: tx.now, updatedAt: tx.now, sealedPassword: null }))) return;
    const [originalId, versionId] = [newId('dov'), newId('dov')];
    const common = { organizationId, documentId, createdAt: tx.now };
    await tx.db.documentVersion.createMany({
      data: [
        { ...common, id: originalId, kind: 'ORIGINAL', sha256: document.sha256, size: document.size, ...contentOf(original, originalText) },
        { ...common, id: versionId, kind: 'PREPARED', ...file, ...contentOf(prepared, textSha256), emptySignatureFields: [...emptySignatureFields], removed: json(removed), suggestedFields: json(fields) },
      ],
    });
    await tx.db.documentPage.createMany({ data: [...pageRowsOf(original, originalId), ...pageRowsOf(prepared, versionId)] });
    const pages = prepared.pages.map(({ number, width, height }) => ({ number, width, height }));
    const signing = { originalSha256: document.sha256, signed: prepared.hasSignatures, emptySignatureFields: [...emptySignatureFields], fields: fields.map(withoutValue) };
    await tx.publish(documentReady, { subject: documentId, organizationId }, { documentId, versionId, title, ...file, textSha256, pages, uploadedBy, ...signing });
  });
};

/** Plain data, which the types do not say. */
const json = (items: readonly (Removal | SuggestedField)[]) => items as unknown as Prisma.InputJsonValue;

/** What somebody filled in before is nobody's business who only wants to know where fields lie. */
const withoutValue = ({ value: _value, ...field }: SuggestedField) => field;

const markRefused = ({ transaction }: DocumentTools, document: Uploaded, { code, message }: Extract<Verdict, { kind: 'refused' }>): Promise<void> =>
  transaction(async (tx) => {
    const { id: documentId, organizationId, title, uploadedById: uploadedBy } = document;
    if (!(await settle(tx.db.document, document, { state: 'REFUSED', refusedAt: tx.now, updatedAt: tx.now, refusalCode: code, refusalMessage: message, sealedPassword: null }))) return;
    await tx.publish(documentRefused, { subject: documentId, organizationId }, { documentId, title, refusal: code, message, uploadedBy });
  });

interface Settled {
  readonly state: 'READY' | 'REFUSED';
  readonly updatedAt: Date;
  readonly sealedPassword: null;
  readonly readyAt?: Date;
  readonly refusedAt?: Date;
  readonly refusalCode?: DocumentRefusalCode;
  readonly refusalMessage?: string;
}

interface DocumentTable {
  updateMany(change: { where: { id: string; state: 'PROCESSING'; sealedPassword: string | null }; data: Settled }): PromiseLike<{ count: number }>;
}

/**
 * Whether this call settled it: only one ever does, and none once the document was deleted. A run that began before
 * somebody gave a password has nothing to say any more.
 */
const settle = async (documents: DocumentTable, { id, sealedPassword }: Document, data: Settled): Promise<boolean> => {
  const { count } = await documents.updateMany({ where: { id, state: 'PROCESSING', sealedPassword }, data });
  return count === 1;
};
