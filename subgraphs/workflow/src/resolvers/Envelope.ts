import type { EnvelopeResolvers } from './../__generated__/types.ts';
import * as useCases from '../use-cases/index.ts';

export const Envelope: EnvelopeResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  workflowExecutions: ({ id }, args, ctx) => useCases.listExecutionsOf(ctx, id, args),
};
