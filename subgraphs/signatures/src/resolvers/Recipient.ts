import type { RecipientResolvers } from './../__generated__/types.ts';
import { seesPrivately } from '../policies.ts';
import { mustLoadEnvelope } from '../use-cases/envelope-row.ts';

export const Recipient: RecipientResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.recipient.load(reference.id),
  envelope: ({ envelopeId }, _args, ctx) => mustLoadEnvelope(ctx, envelopeId),
  email: (recipient, _args, ctx) => (seesPrivately(ctx.actor, recipient) ? recipient.email : null),
  declineReason: (recipient, _args, ctx) => (seesPrivately(ctx.actor, recipient) ? recipient.declineReason : null),
  fields: ({ id }, _args, ctx) => ctx.load.fieldsOfRecipient.load(id),
  consent: ({ consentedAt, consentTextSha256 }) => (consentedAt && consentTextSha256 ? { at: consentedAt, textSha256: consentTextSha256 } : null),
  signature: (recipient) => (recipient.completedAt ? recipient : null),
};
