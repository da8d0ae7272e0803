import type { AuditEventResolvers } from './../__generated__/types.ts';
import { referenceTo, shownPersonalData } from '../domain/audit/shown-event.ts';

export const AuditEvent: AuditEventResolvers = {
  __resolveReference: (reference, ctx) => ctx.load.auditEvent.load(reference.id),
  envelope: ({ envelopeId }) => referenceTo(envelopeId),
  document: ({ documentId }) => referenceTo(documentId),
  recipient: ({ recipientId }) => referenceTo(recipientId),
  user: ({ userId }) => referenceTo(userId),
  personalData: async (event, _args, ctx) => shownPersonalData(event, await ctx.load.personalDataOfEvent.load(event.id)),
};
