import type { TrustedOperationResolvers } from './../__generated__/types.ts';

export const TrustedOperation: TrustedOperationResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.trustedOperation.load(reference.id),
  registeredBy: (operation) => ({ id: operation.registeredById }),
};
