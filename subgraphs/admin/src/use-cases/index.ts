/** What this subgraph can do. */
export { changeSupportTicketPriority } from './change-support-ticket-priority.ts';
export { changeSupportTicketStatus } from './change-support-ticket-status.ts';
export { listAuditLog } from './list-audit-log.ts';
export { listServiceStatuses } from './list-service-statuses.ts';
export { listSupportTickets } from './list-support-tickets.ts';
export { listTicketMessages } from './list-ticket-messages.ts';
export { openSupportTicket } from './open-support-ticket.ts';
export { readConfiguration } from './read-configuration.ts';
export { recordFact, type Told } from './record-fact.ts';
export { replyToSupportTicket } from './reply-to-support-ticket.ts';
export { resetConfiguration } from './reset-configuration.ts';
export { setConfiguration } from './set-configuration.ts';
