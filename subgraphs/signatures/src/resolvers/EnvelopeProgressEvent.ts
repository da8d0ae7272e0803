import type { EnvelopeProgressEventResolvers } from './../__generated__/types.ts';
import { mustLoadEnvelope } from '../use-cases/envelope-row.ts';

export const EnvelopeProgressEvent: EnvelopeProgressEventResolvers = {
  envelope: ({ envelopeId }, _args, ctx) => mustLoadEnvelope(ctx, envelopeId),
  recipient: ({ recipientId }, _args, ctx) => (recipientId === null ? null : ctx.load.recipient.load(recipientId)),
};
