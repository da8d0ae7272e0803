import type { OperationUsageResolvers } from './../__generated__/types.ts';

export const OperationUsage: OperationUsageResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.operationUsage.load(reference.id),
  trustedOperation: (usage, _args, ctx) => ctx.load.trustedOperationByHash.load(usage.sha256),
};
