import type { RetentionPolicyResolvers } from './../__generated__/types.ts';

export const RetentionPolicy: RetentionPolicyResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.retentionPolicy.load(reference.id),
};
