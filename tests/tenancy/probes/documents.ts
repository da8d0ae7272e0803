import { nothing, own, type Table } from './probe.ts';

export const documents: Table = {
  'Query.document': nothing(({ documentId: id }) => ({ id })),
  'Query.documents': own(),
  'Query.documentVersion': [nothing(({ versionId: id }) => ({ id })), nothing(({ preparedVersionId: id }) => ({ id })), nothing(({ sealedVersionId: id }) => ({ id }))],
  'Subscription.documentProgress': nothing(({ documentId }) => ({ documentId })),
  'Mutation.createDocument': own(() => ({ input: { title: 'Lease', filename: 'lease.pdf', idempotencyKey: 'probe' } })),
  'Mutation.unlockDocument': nothing(({ documentId: id }) => ({ input: { id, password: 'openpassword' } })),
  'Mutation.renameDocument': nothing(({ documentId: id }) => ({ input: { id, title: 'Nothing' } })),
  'Mutation.grantDocumentAccess': [
    nothing(({ documentId, completedEnvelopeId: envelopeId, signerId: recipientId }) => ({ input: { documentId, envelopeId, recipientId } })),
    nothing(({ completedEnvelopeId: envelopeId, signerId: recipientId }, { documentId }) => ({ input: { documentId, envelopeId, recipientId } }), 'RecipientNotReachableError'),
  ],
  'Mutation.revokeDocumentAccess': nothing(({ accessId: id }) => ({ input: { id } })),
  'Mutation.deleteDocument': nothing(({ documentId: id }) => ({ input: { id } })),
};
