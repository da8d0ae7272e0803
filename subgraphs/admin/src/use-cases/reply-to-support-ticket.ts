import { newId, once, readInput, requireUser, type InvalidInput, type Transaction } from '@buffrsign/kernel';
import type { SupportTicket } from '../__generated__/prisma/client.ts';
import type { Context } from '../context.ts';
import type { Database } from '../database.ts';
import { replyModel, statusAfterReply } from '../domain/support-ticket.ts';
import { supportTicketReplied } from '../events.ts';
import { claimTicket } from './claim-ticket.ts';
import { moveTicket } from './move-ticket.ts';
import { ticketClosed, type TicketClosed } from './ticket-closed.ts';

export type ReplyOutcome = { readonly __typename: 'ReplyToSupportTicketSuccess'; readonly supportTicket: SupportTicket } | TicketClosed | InvalidInput;

const addMessage = async (tx: Transaction<Database>, ticket: SupportTicket, authorId: string, body: string): Promise<void> => {
  const { id: ticketId, organizationId, subject, openedById, status } = ticket;
  const messageId = newId('tkm');
  await tx.db.supportTicketMessage.create({ data: { id: messageId, organizationId, ticketId, authorId, body, createdAt: tx.now } });
  await tx.db.supportTicket.update({ where: { id: ticketId }, data: { updatedAt: tx.now } });
  await tx.publish(supportTicketReplied, { subject: ticketId, organizationId }, { ticketId, subject, openedBy: openedById, messageId, repliedBy: authorId });
  const next = statusAfterReply(status, authorId === openedById);
  if (next !== status) await moveTicket(tx, ticket, next, authorId);
};

export const replyToSupportTicket = async (ctx: Context, input: { readonly ticketId: string }): Promise<ReplyOutcome> => {
  const { id: authorId, organizationId } = requireUser(ctx.actor);
  const read = readInput(replyModel, input);
  if ('refusal' in read) return read.refusal;
  const { body, idempotencyKey } = read.data;

  return ctx.transaction(async (tx) => {
    const ticket = await claimTicket(tx, ctx.actor, input.ticketId);
    const outcome = await once(tx, { actorId: authorId, organizationId, operation: 'replyToSupportTicket', key: idempotencyKey, input }, async () => {
      if (ticket.closedAt) return { closedAt: ticket.closedAt.toISOString() };
      await addMessage(tx, ticket, authorId, body);
      return { closedAt: null };
    });
    if (outcome.closedAt) return ticketClosed(new Date(outcome.closedAt));
    return { __typename: 'ReplyToSupportTicketSuccess', supportTicket: await claimTicket(tx, ctx.actor, ticket.id) };
  });
};
