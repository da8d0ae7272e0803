import type { EnvelopeResolvers } from './../__generated__/types.ts';
import * as useCases from '../use-cases/index.ts';

const SHOWN = 20;

export const Envelope: EnvelopeResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  complianceChecks: async (envelope, _args, ctx) => (await ctx.load.checksOfEnvelope.load(envelope.id)).slice(0, SHOWN),
  evidenceBundle: (envelope, _args, ctx) => useCases.readEvidence(ctx, envelope.id),
};
