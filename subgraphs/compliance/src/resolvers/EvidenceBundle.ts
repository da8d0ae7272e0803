import type { EvidenceBundleResolvers } from './../__generated__/types.ts';

export const EvidenceBundle: EvidenceBundleResolvers = {
  isAnchored: async ({ checkpoint }, _args, ctx) => (await ctx.load.anchorOfCheckpoint.load(checkpoint.id)) !== null,
};
