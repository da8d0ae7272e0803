import { common, nothing, own, type Table } from './probe.ts';

export const admin: Table = {
  'Query.auditLog': [
    own(),
    nothing(({ envelopeId }) => ({ filter: { subject: envelopeId } })),
    nothing(({ userId }) => ({ filter: { actorId: userId } })),
  ],
  'Query.auditLogEntry': nothing(({ auditLogEntryId: id }) => ({ id })),
  'Query.configuration': own(),
  'Query.serviceStatuses': common(),
  'Query.supportTicket': nothing(({ supportTicketId: id }) => ({ id })),
  'Query.supportTickets': own(),
  'Mutation.openSupportTicket': own(() => ({ input: { subject: 'Help', body: 'Please', idempotencyKey: 'probe' } })),
  'Mutation.replyToSupportTicket': nothing(({ supportTicketId: ticketId }) => ({ input: { ticketId, body: 'Hello', idempotencyKey: 'reply' } })),
  'Mutation.changeSupportTicketPriority': nothing(({ supportTicketId: id }) => ({ input: { id, priority: 'HIGH' } })),
  'Mutation.changeSupportTicketStatus': nothing(({ supportTicketId: id }) => ({ input: { id, status: 'CLOSED' } })),
  'Mutation.setConfiguration': own(() => ({ input: { key: 'SUPPORT_EMAIL', value: 'help@example.na' } })),
  'Mutation.resetConfiguration': own(() => ({ input: { key: 'SUPPORT_EMAIL' } })),
};
