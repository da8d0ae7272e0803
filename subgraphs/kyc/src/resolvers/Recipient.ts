import type { RecipientResolvers } from './../__generated__/types.ts';

const SHOWN = 20;

export const Recipient: RecipientResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  verifications: async (recipient, _args, ctx) => (await ctx.load.verificationsOfRecipient.load(recipient.id)).slice(0, SHOWN),
};
