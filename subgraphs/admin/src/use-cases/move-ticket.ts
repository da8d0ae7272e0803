import type { Transaction } from '@buffrsign/kernel';
import type { Prisma, SupportTicket } from '../__generated__/prisma/client.ts';
import type { Database } from '../database.ts';
import { datesOf, type Status } from '../domain/support-ticket.ts';
import { supportTicketStatusChanged } from '../events.ts';

/** Moves a ticket to another status and says so. */
export const moveTicket = async (
  tx: Transaction<Database>,
  ticket: SupportTicket,
  status: Status,
  changedBy: string,
  also: Prisma.SupportTicketUpdateInput = {},
): Promise<SupportTicket> => {
  const { id, organizationId, subject, openedById: openedBy } = ticket;
  await tx.publish(supportTicketStatusChanged, { subject: id, organizationId }, { ticketId: id, subject, openedBy, status, changedBy });
  return tx.db.supportTicket.update({ where: { id }, data: { ...also, status, ...datesOf(status, ticket, tx.now), updatedAt: tx.now } });
};
