import { documentDeleted, documentReady } from '@buffrsign/documents/events';
import { on, type Handler } from '@buffrsign/kernel';
import type { Work } from '../context.ts';
import { forgetDocument, noteDocument } from '../use-cases/index.ts';

const hear = on<Work>();

export const handlers: readonly Handler<Work>[] = [
  hear(documentReady, (tx, { organizationid, data }) => noteDocument(tx, organizationid, data.documentId, data.textSha256)),
  hear(documentDeleted, (tx, { organizationid, data }) => forgetDocument(tx, organizationid, data.documentId)),
];
