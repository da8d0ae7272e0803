import type { EnvelopeResolvers } from './../__generated__/types.ts';

export const Envelope: EnvelopeResolvers = {};
