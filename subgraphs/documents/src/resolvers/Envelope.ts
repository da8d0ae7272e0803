import type { EnvelopeResolvers } from './../__generated__/types.ts';

export const Envelope: EnvelopeResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  sealedVersion: (envelope, _args, ctx) => ctx.load.sealedVersion.load(envelope.id),
};
