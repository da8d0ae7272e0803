import type { VerificationResolvers } from './../__generated__/types.ts';

export const Verification: VerificationResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.verification.load(reference.id),
  recipient: ({ recipientId }) => (recipientId ? { id: recipientId } : null),
  document: ({ documentType, maskedNumber, issuingState, documentExpiry }) => (documentType && maskedNumber !== null ? { type: documentType, maskedNumber, issuingState, expiresOn: documentExpiry } : null),
  checks: (verification, _args, ctx) => ctx.load.checksOf.load(verification.id),
  startedBy: (verification) => ({ id: verification.startedById }),
  reviewer: ({ reviewerId }) => (reviewerId ? { id: reviewerId } : null),
};
