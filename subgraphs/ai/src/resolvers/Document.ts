import type { DocumentResolvers } from './../__generated__/types.ts';
import * as useCases from '../use-cases/index.ts';

export const Document: DocumentResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  analyses: ({ id }, args, ctx) => useCases.listAnalysesOf(ctx, id, args),
};
