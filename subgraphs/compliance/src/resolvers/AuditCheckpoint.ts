import type { AuditCheckpointResolvers } from './../__generated__/types.ts';

export const AuditCheckpoint: AuditCheckpointResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.auditCheckpoint.load(reference.id),
  anchor: async ({ id }, _args, ctx) => {
    const anchor = await ctx.load.anchorOfCheckpoint.load(id);
    return anchor && { ...anchor, token: Buffer.from(anchor.token).toString('base64') };
  },
  anchorFailure: async ({ id }, _args, ctx) => (await ctx.load.anchoringOfCheckpoint.load(id))?.lastError ?? null,
};
