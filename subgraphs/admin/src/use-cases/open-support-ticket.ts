import { newId, once, readInput, requireUser, type InvalidInput } from '@buffrsign/kernel';
import type { SupportTicket } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import { newTicketModel } from '../domain/support-ticket.ts';
import { supportTicketOpened } from '../events.ts';
import { claimTicket } from './claim-ticket.ts';

export type OpenSupportTicketOutcome = { readonly __typename: 'OpenSupportTicketSuccess'; readonly supportTicket: SupportTicket } | InvalidInput;

export const openSupportTicket = async (ctx: Context, input: unknown): Promise<OpenSupportTicketOutcome> => {
  const { id: openedById, organizationId } = requireUser(ctx.actor);
  const read = readInput(newTicketModel, input);
  if ('refusal' in read) return read.refusal;
  const { subject, body, priority, idempotencyKey } = read.data;

  return ctx.transaction(async (tx) => {
    const ticketId = await once(tx, { actorId: openedById, organizationId, operation: 'openSupportTicket', key: idempotencyKey, input }, async () => {
      const id = newId('tkt');
      const message = { id: newId('tkm'), organizationId, authorId: openedById, body, createdAt: tx.now };
      await tx.db.supportTicket.create({
        data: { id, organizationId, subject, status: 'OPEN', priority, openedById, createdAt: tx.now, updatedAt: tx.now, messages: { create: message } },
      });
      await tx.publish(supportTicketOpened, { subject: id, organizationId }, { ticketId: id, subject, openedBy: openedById, priority });
      return id;
    });
    return { __typename: 'OpenSupportTicketSuccess', supportTicket: await claimTicket(tx, ctx.actor, ticketId) };
  });
};
