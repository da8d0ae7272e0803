import { documentDeleted, documentReady } from '@buffrsign/documents/events';
import { on } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { keepDocument, loseDocument } from '../use-cases/index.ts';

export const onDocumentReady = on<Work>()(documentReady, async (tx, fact) => {
  const { documentId, title, sha256, pages, originalSha256 = null, signed = false, emptySignatureFields = [], fields = [] } = fact.data;
  await keepDocument(tx, { id: documentId, organizationId: fact.organizationid, title, sha256, pages: pages.length, originalSha256, signed, emptySignatureFields, suggestedFields: fields });
});

export const onDocumentDeleted = on<Work>()(documentDeleted, (tx, fact) => loseDocument(tx, { id: fact.data.documentId, organizationId: fact.organizationid }));
