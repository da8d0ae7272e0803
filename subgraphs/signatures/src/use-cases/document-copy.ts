import type { DocumentCopy } from '../__generated__/prisma/client.ts';
import type { Tx } from '../context.ts';

export interface DocumentNotReady {
  readonly __typename: 'DocumentNotReadyError';
  readonly message: string;
}

export const documentNotReady = (): DocumentNotReady => ({
  __typename: 'DocumentNotReadyError',
  message: 'This document cannot be signed: it is not there, was refused or deleted, or is still being looked at. Wait until it is ready, or choose another.',
});

/** A document of the organization that can be signed; null when there is none of this id. */
export const findReadyDocument = (tx: Tx, where: { readonly id: string; readonly organizationId: string }): Promise<DocumentCopy | null> =>
  tx.db.documentCopy.findFirst({ where: { ...where, deletedAt: null } });

/** Keeps what documents says of a document. What was deleted stays deleted, in whatever order that is heard. */
export const keepDocument = (tx: Tx, document: Omit<DocumentCopy, 'deletedAt'>): Promise<unknown> => {
  const { id, ...known } = document;
  return tx.db.documentCopy.upsert({ where: { id }, create: { ...document, deletedAt: null }, update: known });
};
