import type { DocumentResolvers } from './../__generated__/types.ts';
import * as useCases from '../use-cases/index.ts';

export const Document: DocumentResolvers = {
  // Whether there is such a document is for its owner to say; its envelopes are bounded by who asks.
  __resolveReference: ({ id }) => ({ id }),
  envelopes: ({ id }, args, ctx) => useCases.listEnvelopesOfDocument(ctx, id, args),
};
