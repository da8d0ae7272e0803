import type { SupportTicket, SupportTicketPriority } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { claimTicket } from './claim-ticket.ts';
import { ticketClosed, type TicketClosed } from './ticket-closed.ts';

export type ChangePriorityOutcome = { readonly __typename: 'ChangeSupportTicketPrioritySuccess'; readonly supportTicket: SupportTicket } | TicketClosed;

export const changeSupportTicketPriority = (ctx: Context, input: { readonly id: string; readonly priority: SupportTicketPriority }): Promise<ChangePriorityOutcome> =>
  ctx.transaction(async (tx) => {
    const { id, closedAt } = await claimTicket(tx, ctx.actor, input.id);
    if (closedAt) return ticketClosed(closedAt);
    const supportTicket = await tx.db.supportTicket.update({ where: { id }, data: { priority: input.priority, updatedAt: tx.now } });
    return { __typename: 'ChangeSupportTicketPrioritySuccess', supportTicket };
  });
