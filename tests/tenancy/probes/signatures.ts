import { common, nothing, openly, own, unseen, type Table } from './probe.ts';

export const signatures: Table = {
  'Query.envelope': [nothing(({ envelopeId: id }) => ({ id })), nothing(({ draftId: id }) => ({ id })), nothing(({ completedEnvelopeId: id }) => ({ id }))],
  'Query.envelopes': own(),
  // One of theirs does wait for the stranger's address: that one comes by its link only.
  'Query.envelopesAwaitingMe': unseen(nothing(() => ({}))),
  // Anybody may have any file looked at, and learns of that file alone: here of one that is no PDF, and of none.
  'Query.verifyDocument': [openly(common(() => ({ input: { content: 'SGVsbG8=' } }))), openly(nothing(() => ({ input: { uploadId: 'A'.repeat(43) } }), 'UploadNotFoundError'))],
  'Subscription.envelopeProgress': nothing(({ envelopeId }) => ({ envelopeId })),
  'Mutation.createEnvelope': nothing(({ documentId }) => ({ input: { documentId } }), 'DocumentNotReadyError'),
  'Mutation.updateEnvelope': [
    nothing(({ draftId: id }) => ({ input: { id, title: 'Nothing' } })),
    nothing(({ documentId }, { draftId: id }) => ({ input: { id, documentId } }), 'DocumentNotReadyError'),
  ],
  'Mutation.sendEnvelope': nothing(({ draftId: id }) => ({ input: { id, idempotencyKey: `send ${id}` } })),
  'Mutation.resendSigningLink': nothing(({ waitingRecipientId: recipientId }) => ({ input: { recipientId, idempotencyKey: 'probe' } })),
  'Mutation.voidEnvelope': nothing(({ envelopeId: id }) => ({ input: { id, reason: 'Because', idempotencyKey: 'probe' } })),
  'Mutation.deleteDraft': nothing(({ otherDraftId: id }) => ({ input: { id } })),
  'Mutation.openSigningLink': openly(nothing(() => ({ input: { token: 'A'.repeat(43) } }), 'SigningLinkInvalidError')),
  'Mutation.signEnvelope': nothing(({ fieldId }) => ({ input: { consent: true, values: [{ fieldId, text: 'Nobody' }], idempotencyKey: 'sign' } }), 'InvalidInputError'),
  'Mutation.declineEnvelope': nothing(() => ({ input: { reason: 'Because', idempotencyKey: 'probe' } })),
};
