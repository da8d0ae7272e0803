import type { RecipientSignatureResolvers } from './../__generated__/types.ts';
import { seesPrivately } from '../policies.ts';

export const RecipientSignature: RecipientSignatureResolvers = {
  signedAt: ({ completedAt }) => completedAt!,
  ip: (recipient, _args, ctx) => (seesPrivately(ctx.actor, recipient) ? recipient.signedIp : null),
  userAgent: (recipient, _args, ctx) => (seesPrivately(ctx.actor, recipient) ? recipient.signedUserAgent : null),
  appliedAt: async ({ id }, _args, ctx) => (await ctx.load.stepOfRecipient.load(id))?.doneAt ?? null,
  level: async ({ id }, _args, ctx) => (await ctx.load.stepOfRecipient.load(id))?.level ?? null,
  timestampedAt: async ({ id }, _args, ctx) => (await ctx.load.stepOfRecipient.load(id))?.timestampedAt ?? null,
  timestampAuthority: async ({ id }, _args, ctx) => (await ctx.load.stepOfRecipient.load(id))?.timestampAuthority ?? null,
  certificate: async (recipient, _args, ctx) => (seesPrivately(ctx.actor, recipient) ? await ctx.load.stepOfRecipient.load(recipient.id) : null),
};
