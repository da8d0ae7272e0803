import type { DocumentResolvers } from './../__generated__/types.ts';
import * as useCases from '../use-cases/index.ts';

export const Document: DocumentResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  workflowExecutions: ({ id }, args, ctx) => useCases.listExecutionsOf(ctx, id, args),
};
