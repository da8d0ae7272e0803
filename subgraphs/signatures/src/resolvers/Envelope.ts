import type { EnvelopeResolvers } from './../__generated__/types.ts';

export const Envelope: EnvelopeResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.envelope.load(reference.id),
  document: ({ documentId }) => ({ id: documentId }),
  sender: ({ senderId }) => ({ id: senderId }),
  senderName: async ({ senderId }, _args, ctx) => (await ctx.load.member.load(senderId))?.name ?? null,
  recipients: ({ id }, _args, ctx) => ctx.load.recipientsOfEnvelope.load(id),
  fields: ({ id }, _args, ctx) => ctx.load.fieldsOfEnvelope.load(id),
  sealing: ({ id }, _args, ctx) => ctx.load.sealingOfEnvelope.load(id),
  sealedDocument: async ({ id }, _args, ctx) => {
    const sealing = await ctx.load.sealingOfEnvelope.load(id);
    const { sha256 = null, size = null, sealedAt = null, levelReached: level = null } = sealing ?? {};
    return sha256 !== null && size !== null && sealedAt ? { sha256, size, sealedAt, level } : null;
  },
};
