import type { RecipientEvidenceResolvers } from './../__generated__/types.ts';

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

export const RecipientEvidence: RecipientEvidenceResolvers = {
  recipient: ({ recipientId }) => ({ id: recipientId }),
  linkSentAt: ({ linkSentAt }) => dateOf(linkSentAt),
  openedAt: ({ openedAt }) => dateOf(openedAt),
  signedAt: ({ signedAt }) => dateOf(signedAt),
};
