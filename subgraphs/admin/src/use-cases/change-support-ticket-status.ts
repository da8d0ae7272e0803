import { requireUser } from '@buffrsign/kernel';
import type { SupportTicket } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { nextStatuses, type Status } from '../domain/support-ticket.ts';
import { claimTicket } from './claim-ticket.ts';
import { moveTicket } from './move-ticket.ts';

export type ChangeStatusOutcome =
  | { readonly __typename: 'ChangeSupportTicketStatusSuccess'; readonly supportTicket: SupportTicket }
  | { readonly __typename: 'SupportTicketStatusError'; readonly message: string; readonly status: Status; readonly possible: readonly Status[] };

const refused = (status: Status): ChangeStatusOutcome => {
  const possible = nextStatuses[status];
  const advice = possible.length === 0 ? 'Open a new one.' : `It can become ${possible.join(', ')}.`;
  return { __typename: 'SupportTicketStatusError', message: `This ticket is ${status}. ${advice}`, status, possible };
};

export const changeSupportTicketStatus = (ctx: Context, input: { readonly id: string; readonly status: Status }): Promise<ChangeStatusOutcome> =>
  ctx.transaction(async (tx) => {
    const { id: changedBy } = requireUser(ctx.actor);
    const ticket = await claimTicket(tx, ctx.actor, input.id);
    // Asked for again, what is so already is no mistake.
    if (ticket.status === input.status) return { __typename: 'ChangeSupportTicketStatusSuccess', supportTicket: ticket };
    if (!nextStatuses[ticket.status].includes(input.status)) return refused(ticket.status);
    const takenUp = input.status === 'IN_PROGRESS' ? { assigneeId: changedBy } : {};
    return { __typename: 'ChangeSupportTicketStatusSuccess', supportTicket: await moveTicket(tx, ticket, input.status, changedBy, takenUp) };
  });
