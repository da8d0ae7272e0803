import { defineEvent } from '@buffrsign/kernel';
import { z } from 'zod';

const ticket = { ticketId: z.string(), subject: z.string(), openedBy: z.string() };
const status = z.enum(['OPEN', 'IN_PROGRESS', 'RESOLVED', 'CLOSED']);

/** Subject: the ticket. */
export const supportTicketOpened = defineEvent({
  name: 'admin.support-ticket-opened.v1',
  description: 'A member opened a support ticket.',
  schema: z.object({ ...ticket, priority: z.enum(['LOW', 'MEDIUM', 'HIGH', 'URGENT']) }),
});

/** Subject: the ticket. */
export const supportTicketReplied = defineEvent({
  name: 'admin.support-ticket-replied.v1',
  description: 'Somebody answered a support ticket.',
  schema: z.object({ ...ticket, messageId: z.string(), repliedBy: z.string() }),
});

/** Subject: the ticket. */
export const supportTicketStatusChanged = defineEvent({
  name: 'admin.support-ticket-status-changed.v1',
  description: 'A support ticket was taken up, settled, closed or opened again.',
  schema: z.object({ ...ticket, status, changedBy: z.string() }),
});

/** Subject: the organization. `value` is what holds from now on, the default after a reset; null when there is neither. */
export const configurationChanged = defineEvent({
  name: 'admin.configuration-changed.v1',
  description: 'A setting of an organization has another value.',
  schema: z.object({ key: z.enum(['BRAND_NAME', 'ENVELOPE_EXPIRY_DAYS', 'REMINDER_INTERVAL_DAYS', 'SUPPORT_EMAIL']), value: z.string().nullable(), changedBy: z.string() }),
});
