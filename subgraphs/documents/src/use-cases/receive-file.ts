import { createHash } from 'node:crypto';
import type { StoredFile } from '@buffrsign/files';
import type { Document } from '../__generated__/prisma/client.ts';
import type { DocumentTools } from '../context.ts';
import { inspectDocumentTask } from '../tasks/definitions.ts';

export type ReceiveFileOutcome =
  | { readonly kind: 'received'; readonly document: Document; readonly file: StoredFile }
  /** The document has another file already. */
  | { readonly kind: 'occupied' }
  | { readonly kind: 'gone' };

/**
 * Takes the file of a document: into the store first, then, in one transaction, the document goes on to its inspection.
 * Ended in between, the document still waits for its file. The same file again changes nothing.
 *
 * @throws FileStoreError, and whatever ends `body` before its time
 */
export const receiveFile = async (tools: DocumentTools, documentId: string, body: AsyncIterable<Uint8Array>): Promise<ReceiveFileOutcome> => {
  const { db, services } = tools;
  const document = await db.document.findUnique({ where: { id: documentId } });
  if (!document || document.state === 'DELETED') return { kind: 'gone' };

  const file = document.sha256 === null ? await services.files.put(document.organizationId, body, services.limits) : await measure(body, services.limits.maxBytes);
  if (document.sha256 === null) await accept(tools, documentId, file);

  // Read again: another upload may have come first, or the document may have been deleted meanwhile.
  const present = await db.document.findUniqueOrThrow({ where: { id: documentId } });
  if (present.state === 'DELETED') return { kind: 'gone' };
  return present.sha256 === file.sha256 ? { kind: 'received', document: present, file } : { kind: 'occupied' };
};

const accept = ({ transaction }: DocumentTools, documentId: string, { sha256, size }: StoredFile): Promise<void> =>
  transaction(async (tx) => {
    const { count } = await tx.db.document.updateMany({
      where: { id: documentId, state: 'UPLOADING' },
      data: { state: 'PROCESSING', sha256, size, uploadedAt: tx.now, updatedAt: tx.now },
    });
    if (count === 1) await tx.enqueue(inspectDocumentTask, { documentId }, { key: `inspect-document:${documentId}` });
  });

/** What a file is known by, without keeping it. One that is larger than any that was taken is not read to its end. */
const measure = async (body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredFile> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of body) {
    hash.update(chunk);
    size += chunk.byteLength;
    if (size > maxBytes) break;
  }
  return { sha256: hash.digest('hex'), size };
};
