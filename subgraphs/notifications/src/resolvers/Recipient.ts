import type { RecipientResolvers } from './../__generated__/types.ts';

/** Requests shown of one recipient: a sender who sends the link anew more often than this looks at the mails. */
const SHOWN = 20;

export const Recipient: RecipientResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  signatureRequests: async ({ id }, _args, ctx) => (await ctx.load.signatureRequestsOfRecipient.load(id)).slice(0, SHOWN),
};
